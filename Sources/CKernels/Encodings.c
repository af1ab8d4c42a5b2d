#include "CKernels.h"
#include "Blocks.h"

static inline size_t put(uint8_t *out, uint32_t scalar) {
  out[0] = (uint8_t)(0xF0 | scalar >> 18);
  out[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
  out[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  out[3] = (uint8_t)(0x80 | (scalar & 0x3F));
  return 4;
}

/// Writes the four bytes of a little-endian entry; those beyond its length are overwritten or beyond the end.
static inline size_t put_entry(uint8_t *out, uint32_t entry) {
  out[0] = (uint8_t)entry;
  out[1] = (uint8_t)(entry >> 8);
  out[2] = (uint8_t)(entry >> 16);
  out[3] = (uint8_t)(entry >> 24);
  return entry >> 31 ? 4 : entry >> 24;
}

static inline guiyi_decoded stopped(size_t consumed, size_t written, int32_t bad) {
  const guiyi_decoded result = {consumed, written, bad};
  return result;
}

guiyi_decoded guiyi_gb18030_decode(
  const uint8_t *raw, size_t count, const uint32_t *two, const uint32_t *four, uint8_t *out) {
  size_t at = 0, to = 0;
  while (at < count) {
    const uint8_t a = raw[at];
    const size_t left = count - at;
    if (a < 0x80) {
      if (left >= 16) {
        memcpy(out + to, raw + at, 16);
        const unsigned ascii = guiyi_ascii_of_16(raw + at);
        at += ascii;
        to += ascii;
      } else {
        out[to++] = a;
        at++;
      }
      continue;
    }
    if (a == 0x80 || a == 0xFF) return stopped(at, to, 1);
    if (left < 2) return stopped(at, to, -1);
    const uint8_t b = raw[at + 1];
    if (b >= 0x40 && b != 0x7F && b != 0xFF) {
      const uint32_t entry = two[(unsigned)a << 8 | b];
      if (entry == 0) return stopped(at, to, 2);
      to += put_entry(out + to, entry);
      at += 2;
      continue;
    }
    if (b < 0x30 || b > 0x39) return stopped(at, to, 1);
    if (left >= 3 && (raw[at + 2] < 0x81 || raw[at + 2] == 0xFF)) return stopped(at, to, 1);
    if (left < 4) return stopped(at, to, -1);
    if (raw[at + 3] < 0x30 || raw[at + 3] > 0x39) return stopped(at, to, 1);
    const uint32_t linear =
      (((uint32_t)(a - 0x81) * 10 + (b - 0x30)) * 126 + (uint32_t)(raw[at + 2] - 0x81)) * 10 + (raw[at + 3] - 0x30);
    if (linear < 39420) {
      const uint32_t entry = four[linear];
      if (entry == 0) return stopped(at, to, 4);
      to += put_entry(out + to, entry);
    } else if (linear >= 189000 && linear <= 189000 + 0xFFFFF) {
      to += put(out + to, linear - 189000 + 0x10000);
    } else {
      return stopped(at, to, 4);
    }
    at += 4;
  }
  return stopped(at, to, 0);
}

static inline size_t put_scalar(uint8_t *out, uint32_t scalar) {
  if (scalar < 0x80) {
    out[0] = (uint8_t)scalar;
    return 1;
  }
  if (scalar < 0x800) {
    out[0] = (uint8_t)(0xC0 | scalar >> 6);
    out[1] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar > 0xFFFF) return put(out, scalar);
  out[0] = (uint8_t)(0xE0 | scalar >> 12);
  out[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  out[2] = (uint8_t)(0x80 | (scalar & 0x3F));
  return 3;
}

guiyi_decoded guiyi_utf16_decode(const uint8_t *raw, size_t count, int big_endian, uint8_t *out) {
  const int high = big_endian ? 0 : 1;
  size_t at = 0, to = 0;
  while (at + 1 < count) {
    uint32_t unit = (uint32_t)raw[at + high] << 8 | raw[at + 1 - high];
    if ((unit & 0xF800) == 0xD800) {
      if (unit >= 0xDC00 || at + 3 >= count) return stopped(at, to, 2);
      const uint32_t second = (uint32_t)raw[at + 2 + high] << 8 | raw[at + 3 - high];
      if ((second & 0xFC00) != 0xDC00) return stopped(at, to, 2);
      unit = 0x10000 + ((unit & 0x3FF) << 10 | (second & 0x3FF));
      at += 2;
    }
    to += put_scalar(out + to, unit);
    at += 2;
  }
  return stopped(at, to, at < count ? -1 : 0);
}
