import LinkFiles
import Testing
