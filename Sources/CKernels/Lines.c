#include "CKernels.h"
#include "Blocks.h"

/// The first eight bytes at `at`, from the low end.
static inline uint64_t first_eight(const uint8_t *at) {
  uint64_t bytes = 0;
  for (int i = 0; i < 8; i++) bytes |= (uint64_t)at[i] << (8 * i);
  return bytes;
}

static inline uint64_t bits_up_to(unsigned bit) { return bit == 63 ? ~(uint64_t)0 : ((uint64_t)2 << bit) - 1; }

/// Where whole separators begin in the block at `text + at`, found from left to right so that none overlaps another.
/// `open` is the first byte behind the last separator.
static uint64_t wide_separators(const uint8_t *text, size_t at, uint64_t candidates, guiyi_line_format format, size_t *open) {
  const uint64_t mask = format.separator_count == 8 ? ~(uint64_t)0 : ((uint64_t)1 << 8 * format.separator_count) - 1;
  uint64_t found = 0;
  for (; candidates != 0; candidates &= candidates - 1) {
    const unsigned bit = (unsigned)__builtin_ctzll(candidates);
    if (at + bit < *open || ((first_eight(text + at + bit) ^ format.separator) & mask) != 0) continue;
    found |= (uint64_t)1 << bit;
    *open = at + bit + (size_t)format.separator_count;
  }
  return found;
}

size_t guiyi_index_lines(
  const uint8_t *text, size_t count, guiyi_line_format format, uint32_t *tape, guiyi_line *lines) {
  const uint8_t separator = (uint8_t)format.separator;
  size_t entries = 0, line = 0, open = 0;
  uint32_t flags = 0;
  lines[0].start = 0;
  lines[0].tape = 0;
  for (size_t at = 0; at < count; at += 64) {
    const guiyi_block block = guiyi_load(text + at);
    const uint64_t inside = count - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (count - at)) - 1;
    uint64_t line_ends = guiyi_equal(&block, '\n') & inside;
    if (format.lone_returns) {
      const uint64_t following = at + 64 < count && text[at + 64] == '\n';
      line_ends |= guiyi_equal(&block, '\r') & inside & ~(line_ends >> 1 | following << 63);
    }
    uint64_t separators = format.separator_count > 0 ? guiyi_equal(&block, separator) & inside : 0;
    if (format.separator_count > 1) separators = wide_separators(text, at, separators, format, &open);
    uint64_t quotes = format.quote >= 0 ? guiyi_equal(&block, (uint8_t)format.quote) & inside : 0;
    uint64_t nuls = guiyi_equal(&block, 0) & inside;

    const uint64_t ends = separators | line_ends;
    const size_t entriesBefore = entries;
    for (uint64_t bits = ends; bits != 0; bits &= bits - 1)
      tape[entries++] = (uint32_t)(at + (size_t)__builtin_ctzll(bits));
    for (; line_ends != 0; line_ends &= line_ends - 1) {
      const unsigned bit = (unsigned)__builtin_ctzll(line_ends);
      const uint64_t upTo = bits_up_to(bit);
      if (quotes & upTo) flags |= GUIYI_LINE_HAS_QUOTE;
      if (nuls & upTo) flags |= GUIYI_LINE_HAS_NUL;
      quotes &= ~upTo;
      nuls &= ~upTo;
      lines[line].flags = flags;
      line++;
      lines[line].start = (uint32_t)(at + bit + 1);
      lines[line].tape = (uint32_t)(entriesBefore + (size_t)__builtin_popcountll(ends & upTo));
      flags = 0;
    }
    if (quotes) flags |= GUIYI_LINE_HAS_QUOTE;
    if (nuls) flags |= GUIYI_LINE_HAS_NUL;
  }
  lines[line].flags = 0;
  return line;
}

size_t guiyi_count_byte(const void *bytes, size_t count, uint8_t value) {
  const uint8_t *text = bytes;
  size_t found = 0;
  for (size_t at = 0; at < count; at += 64) {
    const guiyi_block block = guiyi_load(text + at);
    const uint64_t inside = count - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (count - at)) - 1;
    found += (size_t)__builtin_popcountll(guiyi_equal(&block, value) & inside);
  }
  return found;
}
