import Linkage

/// Column names that say what the columns hold.
public enum LinkFiles {}
