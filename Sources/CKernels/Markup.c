#include "CKernels.h"
#include "Blocks.h"

static inline int is_unfit(const uint8_t *at, size_t left) {
  if (*at < 0x20) return *at != '\t' && *at != '\n';
  return *at == 0xEF && left >= 3 && at[1] == 0xBF && at[2] >= 0xBE;
}

size_t guiyi_find_unfit(const uint8_t *text, size_t count) {
  size_t at = 0;
#if defined(__SSE2__)
  const __m128i highest = _mm_set1_epi8(0x1F);
  for (; at + 16 <= count; at += 16) {
    const __m128i part = _mm_loadu_si128((const __m128i *)(text + at));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(part, highest), part);
    const __m128i blank =
      _mm_or_si128(_mm_cmpeq_epi8(part, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(part, _mm_set1_epi8('\t')));
    const __m128i candidate = _mm_or_si128(_mm_andnot_si128(blank, low), _mm_cmpeq_epi8(part, _mm_set1_epi8((char)0xEF)));
    unsigned mask = (unsigned)_mm_movemask_epi8(candidate);
    for (; mask != 0; mask &= mask - 1) {
      const size_t found = at + (unsigned)__builtin_ctz(mask);
      if (is_unfit(text + found, count - found)) return found;
    }
  }
#endif
  for (; at < count; at++) {
    if (is_unfit(text + at, count - at)) return at;
  }
  return count;
}

size_t guiyi_skip_text(const uint8_t *text, size_t count, uint8_t one, uint8_t other, int32_t *lines) {
  size_t at = 0;
  int32_t seen = 0;
#if defined(__SSE2__)
  for (; at + 16 <= count; at += 16) {
    const __m128i part = _mm_loadu_si128((const __m128i *)(text + at));
    const __m128i wanted = _mm_or_si128(
      _mm_cmpeq_epi8(part, _mm_set1_epi8((char)one)), _mm_cmpeq_epi8(part, _mm_set1_epi8((char)other)));
    const unsigned stop = (unsigned)_mm_movemask_epi8(wanted);
    unsigned feeds = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(part, _mm_set1_epi8('\n')));
    if (stop != 0) {
      const unsigned found = (unsigned)__builtin_ctz(stop);
      feeds &= (1u << found) - 1;
      *lines += seen + __builtin_popcount(feeds);
      return at + found;
    }
    seen += __builtin_popcount(feeds);
  }
#endif
  for (; at < count && text[at] != one && text[at] != other; at++) seen += text[at] == '\n';
  *lines += seen;
  return at;
}
