#include "CKernels.h"
#include "Blocks.h"

static inline int continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// The length of the well-formed sequence at `s` (whose first byte is not ASCII), or 0.
static inline size_t sequence(const uint8_t *s, size_t left) {
  const uint8_t a = s[0];
  if (a < 0xC2) return 0;
  if (a < 0xE0) return left >= 2 && continues(s[1]) ? 2 : 0;
  if (a < 0xF0) {
    if (left < 3 || !continues(s[1]) || !continues(s[2])) return 0;
    if (a == 0xE0 && s[1] < 0xA0) return 0;  // overlong
    if (a == 0xED && s[1] > 0x9F) return 0;  // surrogates
    return 3;
  }
  if (a > 0xF4 || left < 4 || !continues(s[1]) || !continues(s[2]) || !continues(s[3])) return 0;
  if (a == 0xF0 && s[1] < 0x90) return 0;  // overlong
  if (a == 0xF4 && s[1] > 0x8F) return 0;  // above U+10FFFF
  return 4;
}

#if defined(__SSE2__)
#include <tmmintrin.h>

// J. Keiser, D. Lemire: Validating UTF-8 In Less Than One Instruction Per Byte. Software: Practice and Experience 51 (2021).
// Most of what two neighbouring bytes can do wrong shows in three of their half-bytes: each is looked up in a table of the
// errors that it allows, and an error is one that all three allow.

enum {
  SHORT = 1 << 0,        // a first byte without its second
  LONG = 1 << 1,         // a continuation behind ASCII
  OVERLONG_3 = 1 << 2,
  LARGE = 1 << 3,        // F4 90 and above
  SURROGATE = 1 << 4,
  OVERLONG_2 = 1 << 5,
  LARGE_1000 = 1 << 6,   // F5 80 and above; shares its bit with what only F0 80 can be
  OVERLONG_4 = 1 << 6,
  TWO = 1 << 7,          // two continuations, right only as the third or fourth byte
  ANY_LOW = SHORT | LONG | TWO,
};

#define SSSE3 __attribute__((target("ssse3")))

/// A byte other than 0 wherever 16 bytes, seen behind the 16 before them, are not well-formed.
SSSE3 static inline __m128i flaws(__m128i bytes, __m128i before) {
  const __m128i first_high = _mm_setr_epi8(
    LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, (char)TWO, (char)TWO, (char)TWO, (char)TWO, SHORT | OVERLONG_2, SHORT,
    SHORT | OVERLONG_3 | SURROGATE, SHORT | LARGE | LARGE_1000 | OVERLONG_4);
  const char large = (char)(ANY_LOW | LARGE | LARGE_1000), any = (char)ANY_LOW;
  const __m128i first_low = _mm_setr_epi8(
    (char)(ANY_LOW | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(ANY_LOW | OVERLONG_2), any, any,
    (char)(ANY_LOW | LARGE), large, large, large, large, large, large, large, large, (char)(large | SURROGATE), large,
    large);
  const char second = (char)(LONG | OVERLONG_2 | TWO);
  const __m128i second_high = _mm_setr_epi8(
    SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, (char)(second | OVERLONG_3 | LARGE_1000 | OVERLONG_4),
    (char)(second | OVERLONG_3 | LARGE), (char)(second | SURROGATE | LARGE), (char)(second | SURROGATE | LARGE), SHORT,
    SHORT, SHORT, SHORT);
  const __m128i half = _mm_set1_epi8(0x0F);
  const __m128i one_back = _mm_alignr_epi8(bytes, before, 15);
  const __m128i found = _mm_and_si128(
    _mm_and_si128(
      _mm_shuffle_epi8(first_high, _mm_and_si128(_mm_srli_epi16(one_back, 4), half)),
      _mm_shuffle_epi8(first_low, _mm_and_si128(one_back, half))),
    _mm_shuffle_epi8(second_high, _mm_and_si128(_mm_srli_epi16(bytes, 4), half)));
  // Two continuations must stand exactly where a first byte of three or four bytes asks for them.
  const __m128i third = _mm_subs_epu8(_mm_alignr_epi8(bytes, before, 14), _mm_set1_epi8(0xE0 - 0x80));
  const __m128i fourth = _mm_subs_epu8(_mm_alignr_epi8(bytes, before, 13), _mm_set1_epi8(0xF0 - 0x80));
  const __m128i asked = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));
  return _mm_xor_si128(asked, found);
}

/// How many bytes, in whole blocks of 64, hold nothing wrong; the last character may be cut.
SSSE3 static size_t sound_blocks(const uint8_t *text, size_t count) {
  const __m128i longest_end = _mm_setr_epi8(
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, (char)(0xF0 - 1), (char)(0xE0 - 1), (char)(0xC0 - 1));
  const __m128i zero = _mm_setzero_si128();
  __m128i before = zero;
  size_t at = 0;
  for (; at + 64 <= count; at += 64) {
    const guiyi_block block = guiyi_load(text + at);
    const __m128i *part = block.part;
    const __m128i all = _mm_or_si128(_mm_or_si128(part[0], part[1]), _mm_or_si128(part[2], part[3]));
    __m128i wrong;
    if (_mm_movemask_epi8(all) == 0) {
      wrong = _mm_subs_epu8(before, longest_end);
    } else {
      wrong = _mm_or_si128(
        _mm_or_si128(flaws(part[0], before), flaws(part[1], part[0])),
        _mm_or_si128(flaws(part[2], part[1]), flaws(part[3], part[2])));
    }
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(wrong, zero)) != 0xFFFF) break;
    before = part[3];
  }
  return at;
}
#endif

size_t guiyi_utf8_valid_prefix(const uint8_t *text, size_t count) {
  size_t at = 0;
#if defined(__SSE2__)
  if (__builtin_cpu_supports("ssse3")) {
    at = sound_blocks(text, count);
    // Back to the first byte of a character that the last block may have cut.
    while (at > 0 && continues(text[at - 1])) at--;
    if (at > 0 && text[at - 1] >= 0xC0) at--;
  }
#endif
  while (at < count) {
    if (text[at] < 0x80) {
      if (count - at >= 16) {
        at += guiyi_ascii_of_16(text + at);
      } else {
        at++;
      }
      continue;
    }
    const size_t length = sequence(text + at, count - at);
    if (length == 0) break;
    at += length;
  }
  return at;
}
