/*
 * script.h - scripts that put no space between words: there a character counts as a word.
 *
 * Thai, Lao, Myanmar, Khmer, Chinese and Japanese. Korean spaces its words; Tibetan divides syllables by a mark.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_SCRIPT_H
#define RCPI_REUSE_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

static inline bool rcpi_is_unspaced(uint32_t cp) {
  if (cp < 0x0E00) return false;
  return cp < 0x0F00 || (cp >= 0x1000 && cp < 0x10A0) || (cp >= 0x1780 && cp < 0x1800) || (cp >= 0x1950 && cp < 0x1AB0) ||
         (cp >= 0x3005 && cp < 0x3008) || (cp >= 0x3041 && cp < 0x3100) || (cp >= 0x31F0 && cp < 0x3200) ||
         (cp >= 0x3400 && cp < 0x4DC0) || (cp >= 0x4E00 && cp < 0xA000) || (cp >= 0xA9E0 && cp < 0xAA00) ||
         (cp >= 0xAA60 && cp < 0xAA80) || (cp >= 0xF900 && cp < 0xFB00) || (cp >= 0xFF66 && cp < 0xFFA0) ||
         (cp >= 0x20000 && cp < 0x32000);
}

#endif
