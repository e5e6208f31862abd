// SPDX-License-Identifier: Apache-2.0
#include "rest/secret_finder.h"

#include <algorithm>

#include "rest/address_end.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

constexpr char kRedacted[] = "**REDACTED**";
constexpr std::size_t kShortestSecret = 4;
constexpr std::uint32_t kShortestForm = 8;  // of what is encoded or cut
constexpr int kLayers = 2;                  // a JSON text as a string of another one, and the like

std::vector<std::string> LongEnough(std::vector<std::string> secrets) {
  std::erase_if(secrets, [](const std::string& secret) { return secret.size() < kShortestSecret; });
  return secrets;
}

std::vector<std::string> Reversed(std::vector<std::string> words) {
  for (std::string& word : words) std::reverse(word.begin(), word.end());
  return words;
}

bool IsWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

// Whether a word that ends before `at` may be the rest of one that was cut there. A dot or a slash within a name does
// not end it: the beginning of an address is no secret, though one may begin with it.
bool EndsBefore(std::string_view text, std::size_t at) {
  if (at == text.size()) return true;
  const bool joins = (text[at] == '.' || text[at] == '/') && at + 1 < text.size() && IsWordCharacter(text[at + 1]);
  return !joins && !IsWordCharacter(text[at]);
}
bool BeginsAt(std::string_view text, std::size_t at) { return at == 0 || !IsWordCharacter(text[at - 1]); }

// Whether enough of a word has been read, and `next` (null: the end) does not go on with it.
bool IsBegun(const WordMatcher& matcher, WordMatcher::State state, const char* next) {
  const std::uint32_t length = matcher.begun(state);
  if (length < kShortestForm) return false;
  return next == nullptr || matcher.begun(matcher.Next(state, *next)) <= length;
}

std::string Replace(std::string_view text, std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::string clean;
  std::size_t done = 0;
  for (std::size_t i = 0; i < spans.size();) {
    const std::size_t begin = spans[i].begin;
    std::size_t end = spans[i].end;
    for (++i; i < spans.size() && spans[i].begin <= end; ++i) end = std::max<std::size_t>(end, spans[i].end);
    clean += Concat(text.substr(done, begin - done), kRedacted);
    done = end;
  }
  clean += text.substr(done);
  return clean;
}

}  // namespace

SecretFinder::SecretFinder(const std::vector<std::string>& secrets, const std::vector<std::string>& ends)
    : forwards_(LongEnough(secrets)), backwards_(Reversed(LongEnough(secrets))), ends_(LongEnough(ends)) {}

std::string SecretFinder::Without(std::string_view text) const {
  return Replace(text, Find(text, {.shortest = kShortestSecret}));
}

std::string SecretFinder::WithHostsAlone(std::string_view text) const {
  return Replace(text, Find(text, {.shortest = kShortestSecret, .ends_of_addresses = true}));
}

bool SecretFinder::IsIn(std::string_view text) const { return !Find(text, {.shortest = kShortestForm}).empty(); }

std::vector<Span> SecretFinder::Find(std::string_view text, Wanted wanted) const {
  std::vector<Span> found;
  const TextView view = Unchanged(text);
  FindIn(view, wanted, found);
  FindInForms(view, wanted.ends_of_addresses, kLayers, found);
  return found;
}

void SecretFinder::FindInForms(const TextView& view, bool ends_of_addresses, int layers,
                               std::vector<Span>& found) const {
  const Wanted wanted{.shortest = kShortestForm, .ends_of_addresses = ends_of_addresses};
  for (const int skipped : {0, 1}) FindIn(OfHex(view, skipped), wanted, found);
  for (const int skipped : {0, 1, 2, 3}) FindIn(OfBase64(view, skipped), wanted, found);
  if (layers == 0) return;
  for (const auto decode : {WithoutJsonEscapes, WithoutPercents, WithoutEntities}) {
    const TextView decoded = decode(view);
    if (decoded.text.size() == view.text.size()) continue;  // every escape is longer than what it stands for
    FindIn(decoded, wanted, found);
    FindInForms(decoded, ends_of_addresses, layers - 1, found);
  }
}

void SecretFinder::FindEndsOfAddresses(const TextView& view, std::vector<Span>& found) const {
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (begin < end) found.push_back({view.from[begin].begin, view.from[end - 1].end});
  };
  for (const AddressParts& address : FindAddresses(view.text)) {
    add(address.begin, address.host);
    add(address.end_of_host + 1, address.end);
  }
  WordMatcher::State state = 0;
  for (std::size_t end = 1; end <= view.text.size(); ++end) {
    state = ends_.Next(state, view.text[end - 1]);
    add(end - ends_.whole(state), end);
  }
}

void SecretFinder::FindIn(const TextView& view, Wanted wanted, std::vector<Span>& found) const {
  if (wanted.ends_of_addresses) FindEndsOfAddresses(view, found);
  const std::string& text = view.text;
  const auto add = [&](std::size_t begin, std::size_t end) {
    found.push_back({view.from[begin].begin, view.from[end - 1].end});
  };
  WordMatcher::State state = 0;
  for (std::size_t end = 1; end <= text.size(); ++end) {
    state = forwards_.Next(state, text[end - 1]);
    const bool is_cut = EndsBefore(text, end) && IsBegun(forwards_, state, end < text.size() ? &text[end] : nullptr);
    const std::uint32_t length = is_cut ? forwards_.begun(state) : forwards_.whole(state);
    if (length >= wanted.shortest) add(end - length, end);
  }
  state = 0;
  for (std::size_t begin = text.size(); begin-- > 0;) {
    state = backwards_.Next(state, text[begin]);
    if (BeginsAt(text, begin) && IsBegun(backwards_, state, begin > 0 ? &text[begin - 1] : nullptr)) {
      add(begin, begin + backwards_.begun(state));
    }
  }
}

}  // namespace tfcpp::rest
