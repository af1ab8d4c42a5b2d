#ifndef GUIYI_CKERNELS_H
#define GUIYI_CKERNELS_H

// Scans over blocks of bytes, where Swift's SIMD masks compile poorly. Each is called once a block, not once a record.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- Lines and separators -------------------------------------------------------------------------------------------

enum {
  GUIYI_LINE_HAS_QUOTE = 1,
  GUIYI_LINE_HAS_NUL = 2,
};

/// One physical line: where it starts, the index of its first entry on the tape, and what stands in it.
typedef struct {
  uint32_t start;
  uint32_t tape;
  uint32_t flags;
} guiyi_line;

/// What lines and fields end with. `separator` holds up to eight bytes from the low end, `separator_count` of them; 0 is
/// none. `quote` is -1 where there is none. With `lone_returns`, a CR that no LF follows ends a line too.
typedef struct {
  uint64_t separator;
  int32_t separator_count;
  int32_t quote;
  int32_t lone_returns;
} guiyi_line_format;

/// Writes where every separator and line end begins to `tape` (of CRLF, the LF), and one entry a line to `lines`, followed
/// by an entry that closes the last line. Gives the number of lines.
///
/// `text` must end with a line end, and 63 bytes after it must be readable. `tape` needs room for `count` entries and
/// `lines` for one more. Separators hold no line ends, so that none reaches beyond its line.
size_t guiyi_index_lines(
  const uint8_t *text, size_t count, guiyi_line_format format, uint32_t *tape, guiyi_line *lines);

/// How often a byte stands in a text after which 63 bytes are readable.
size_t guiyi_count_byte(const void *bytes, size_t count, uint8_t value);

// ---- Encodings ------------------------------------------------------------------------------------------------------

/// The length of the longest prefix that is well-formed UTF-8 (Unicode 15, table 3-7).
size_t guiyi_utf8_valid_prefix(const uint8_t *text, size_t count);

/// How far a decoder came. `bad` is 0 at the end of the input, the length of the bad sequence it stopped at, or -1 where
/// the input ends within a sequence.
typedef struct {
  size_t consumed;
  size_t written;
  int32_t bad;
} guiyi_decoded;

/// Decodes GB18030 to UTF-8. Table entries hold UTF-8 bytes from the low end: four of them (the last is 0x80 or above), or
/// up to three and their number in the top byte; 0 is unassigned. `two` is indexed by both bytes, `four` by linear index below 39,420.
/// `out` needs room for three bytes a byte of input, and three more.
guiyi_decoded guiyi_gb18030_decode(
  const uint8_t *raw, size_t count, const uint32_t *two, const uint32_t *four, uint8_t *out);

/// Decodes whole UTF-16 code units to UTF-8; a surrogate without its other half is a bad sequence. `out` needs room for
/// three bytes a code unit, and three more.
guiyi_decoded guiyi_utf16_decode(const uint8_t *raw, size_t count, int big_endian, uint8_t *out);

// ---- Markup ---------------------------------------------------------------------------------------------------------

/// Where the first character of UTF-8 stands that XML forbids (a control character other than tab and line feed, U+FFFE,
/// U+FFFF) or reads as another (a carriage return); `count` where there is none.
size_t guiyi_find_unfit(const uint8_t *text, size_t count);

/// Where the first of two bytes stands, or `count`; adds the line feeds before it to `lines`.
size_t guiyi_skip_text(const uint8_t *text, size_t count, uint8_t one, uint8_t other, int32_t *lines);

#ifdef __cplusplus
}
#endif

#endif
