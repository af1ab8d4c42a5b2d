#ifndef GUIYI_BLOCKS_H
#define GUIYI_BLOCKS_H

// Comparing blocks of bytes: SSE2 where there is one, eight bytes at a time elsewhere.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// 64 bytes, ready to be compared.
typedef struct {
#if defined(__SSE2__)
  __m128i part[4];
#else
  uint8_t byte[64];
#endif
} guiyi_block;

static inline guiyi_block guiyi_load(const uint8_t *at) {
  guiyi_block block;
#if defined(__SSE2__)
  for (int i = 0; i < 4; i++) block.part[i] = _mm_loadu_si128((const __m128i *)(at + 16 * i));
#else
  memcpy(block.byte, at, 64);
#endif
  return block;
}

/// A bit a byte: set where it equals `value`.
static inline uint64_t guiyi_equal(const guiyi_block *block, uint8_t value) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8((char)value);
  for (int i = 0; i < 4; i++)
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block->part[i], wanted)) << (16 * i);
#else
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(block->byte[i] == value) << i;
#endif
  return mask;
}

/// Whether all 64 bytes at `at` are ASCII.
static inline int guiyi_is_ascii(const uint8_t *at) {
  const guiyi_block block = guiyi_load(at);
#if defined(__SSE2__)
  const __m128i *part = block.part;
  return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(part[0], part[1]), _mm_or_si128(part[2], part[3]))) == 0;
#else
  uint8_t all = 0;
  for (int i = 0; i < 64; i++) all |= block.byte[i];
  return all < 0x80;
#endif
}

/// The number of leading ASCII bytes among the 16 at `at`.
static inline unsigned guiyi_ascii_of_16(const uint8_t *at) {
#if defined(__SSE2__)
  const unsigned mask = (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)at));
  return mask == 0 ? 16 : (unsigned)__builtin_ctz(mask);
#else
  unsigned n = 0;
  while (n < 16 && at[n] < 0x80) n++;
  return n;
#endif
}

#endif
