// SPDX-License-Identifier: Apache-2.0
#include "rest/word_matcher.h"

#include <deque>

namespace tfcpp::rest {

WordMatcher::WordMatcher(const std::vector<std::string>& words) : nodes_(1) {
  for (const std::string& word : words) {
    State state = 0;
    for (char c : word) {
      const State child = Child(state, c);
      state = child != 0 ? child : AddChild(state, c);
    }
    nodes_[state].whole = nodes_[state].depth;
  }
  // The shorter nodes first: what a node ends with is shorter, and known by then.
  std::deque<State> parents{0};
  for (; !parents.empty(); parents.pop_front()) {
    const State parent = parents.front();
    for (State node = nodes_[parent].child; node != 0; node = nodes_[node].sibling) {
      nodes_[node].shorter = parent == 0 ? 0 : Next(nodes_[parent].shorter, nodes_[node].byte);
      if (nodes_[node].whole == 0) nodes_[node].whole = nodes_[nodes_[node].shorter].whole;
      parents.push_back(node);
    }
  }
}

WordMatcher::State WordMatcher::Next(State state, char c) const {
  for (;; state = nodes_[state].shorter) {
    const State child = Child(state, c);
    if (child != 0 || state == 0) return child;
  }
}

WordMatcher::State WordMatcher::Child(State state, char c) const {
  if (state == 0) return first_[static_cast<unsigned char>(c)];
  State child = nodes_[state].child;
  while (child != 0 && nodes_[child].byte != c) child = nodes_[child].sibling;
  return child;
}

WordMatcher::State WordMatcher::AddChild(State state, char c) {
  const auto added = static_cast<State>(nodes_.size());
  Node node;
  node.byte = c;
  node.depth = nodes_[state].depth + 1;
  node.sibling = nodes_[state].child;
  nodes_.push_back(node);
  nodes_[state].child = added;
  if (state == 0) first_[static_cast<unsigned char>(c)] = added;
  return added;
}

}  // namespace tfcpp::rest
