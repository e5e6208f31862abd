// SPDX-License-Identifier: Apache-2.0
// TextView: a text as one decoder reads it, with the place in the original of each of its bytes. What is looked for in
// the view can so be cut out of the original, however it is written there.
//
// Decoders are lenient: what is none of their escapes stays as it is. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tfcpp::rest {

struct Span {
  std::uint32_t begin;
  std::uint32_t end;
};

struct TextView {
  std::string text;
  std::vector<Span> from;  // of each byte of `text`
};

TextView Unchanged(std::string_view text);

TextView WithoutJsonEscapes(const TextView& view);  // \n, \", \u00e4, also half of a pair
TextView WithoutPercents(const TextView& view);     // %2F
TextView WithoutEntities(const TextView& view);     // &amp; &#38; &#x26;, and the other four that HTML must escape

// The bytes that each run of digits stands for, runs apart by a NUL. `skipped` digits of each run are left out: an
// encoding may begin in the middle of a run. Base64 is read in both alphabets, and across line ends.
TextView OfHex(const TextView& view, int skipped);
TextView OfBase64(const TextView& view, int skipped);

}  // namespace tfcpp::rest
