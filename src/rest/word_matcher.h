// SPDX-License-Identifier: Apache-2.0
// WordMatcher: finds many words in a text at once, in time that grows with the text and not with the words (Aho and
// Corasick, "Efficient string matching: an aid to bibliographic search", 1975).
//
// It reads a text byte by byte. Its state is the longest beginning of a word that the text read so far ends with; the
// whole words that it ends with follow from that.
//
//   WordMatcher matcher({"he", "she"});
//   WordMatcher::State state = 0;
//   for (char c : text) state = matcher.Next(state, c);   // after "ush": begun(state) is 2, whole(state) is 0
//
// Thread safety: immutable after construction. Memory: 24 bytes for each byte of the words, at most.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tfcpp::rest {

class WordMatcher {
 public:
  using State = std::uint32_t;

  // Words must not be empty.
  explicit WordMatcher(const std::vector<std::string>& words);

  State Next(State state, char c) const;
  // The length of the longest beginning of a word that ends here.
  std::uint32_t begun(State state) const { return nodes_[state].depth; }
  // The length of the longest whole word that ends here; 0: none does.
  std::uint32_t whole(State state) const { return nodes_[state].whole; }

 private:
  // A beginning of words, reached from a shorter one by a byte. Node 0 is the empty one.
  struct Node {
    State child = 0;    // the first that is longer by a byte; 0: none
    State sibling = 0;  // the next that has the same parent; 0: none
    State shorter = 0;  // the longest other beginning that this one ends with
    std::uint32_t depth = 0;
    std::uint32_t whole = 0;
    char byte = 0;
  };
  // 0: there is none.
  State Child(State state, char c) const;
  State AddChild(State state, char c);

  std::vector<Node> nodes_;
  std::array<State, 256> first_{};  // the children of node 0, which is asked most
};

}  // namespace tfcpp::rest
