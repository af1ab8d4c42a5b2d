#define _GNU_SOURCE  // memrchr
#include <string.h>

#include "CKernels.h"
#include "Blocks.h"

size_t guiyi_whole_lines(const uint8_t *text, size_t count) {
  const uint8_t *last = memrchr(text, '\n', count);
  return last == NULL ? 0 : (size_t)(last - text) + 1;
}

size_t guiyi_index_lines(
  const uint8_t *text, size_t count, uint8_t separator, int quote, uint32_t *tape, guiyi_line *lines) {
  size_t entries = 0, line = 0;
  uint32_t flags = 0;
  lines[0].start = 0;
  lines[0].tape = 0;
  for (size_t at = 0; at < count; at += 64) {
    const guiyi_block block = guiyi_load(text + at);
    const uint64_t inside = count - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (count - at)) - 1;
    uint64_t feeds = guiyi_equal(&block, '\n') & inside;
    uint64_t ends = (guiyi_equal(&block, separator) & inside) | feeds;
    uint64_t quotes = quote >= 0 ? guiyi_equal(&block, (uint8_t)quote) & inside : 0;
    uint64_t nuls = guiyi_equal(&block, 0) & inside;

    const size_t entriesBefore = entries;
    for (uint64_t bits = ends; bits != 0; bits &= bits - 1)
      tape[entries++] = (uint32_t)(at + (size_t)__builtin_ctzll(bits));
    for (; feeds != 0; feeds &= feeds - 1) {
      const unsigned bit = (unsigned)__builtin_ctzll(feeds);
      const uint64_t upTo = bit == 63 ? ~(uint64_t)0 : ((uint64_t)2 << bit) - 1;
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
