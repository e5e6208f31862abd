// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/base64.h"

#include <cstdint>

namespace tfcpp {
namespace {

constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string Encode(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;  // of bits that are not written yet
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) text += alphabet[bits >> (count - 6) & 0x3f];
  }
  if (count > 0) text += alphabet[bits << (6 - count) & 0x3f];
  return text;
}

}  // namespace

std::string Base64(std::string_view bytes) {
  std::string text = Encode(bytes, kPlain);
  text.resize((text.size() + 3) / 4 * 4, '=');
  return text;
}

std::string Base64Url(std::string_view bytes) { return Encode(bytes, kUrl); }

std::optional<std::string> DecodeBase64Url(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = kUrl.find(c);
    if (digit == kUrl.npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xff);
  }
  return bytes;
}

}  // namespace tfcpp
