#include "provider/server_webhook/validators.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "mlflow_server/address.h"
#include "provider/server_webhook/events.h"
#include "provider/shared/shown_url.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Path;
using tfcpp::Url;
using tfcpp::ValidateRequest;
using tfcpp::Value;

constexpr std::size_t kLongestName = 63;

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// As the end of a sentence; empty: nothing.
std::string FindNameFault(std::string_view name) {
  constexpr std::string_view kRule = "letters and digits of ASCII at both ends, and between them also . _ -";
  if (name.empty()) return "must not be empty";
  if (const std::size_t count = CountCharacters(name); count > kLongestName) {
    return Concat("must have at most 63 characters; it has ", std::to_string(count));
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool at_an_end = i == 0 || i + 1 == name.size();
    const bool fits = IsLetterOrDigit(name[i]) || (!at_an_end && std::string_view("._-").find(name[i]) != name.npos);
    if (fits) continue;
    return Concat("must have ", kRule, "; the character at position ",
                  std::to_string(CountCharacters(name.substr(0, i)) + 1), " is another one");
  }
  return "";
}

// Likewise. The server takes letters beyond ASCII and user information: it is how to sign in to a target.
std::string_view FindUrlFault(std::string_view text, Url url) {
  if (tfcpp::HasControl(text) || text.find(' ') != text.npos) return "must not contain blanks or control characters";
  if (!url.HasScheme("https") && !url.HasScheme("http")) return "must begin with https:// or http://";
  url.user.reset();
  const bool is_beyond_ascii =
      std::any_of(url.host.begin(), url.host.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (is_beyond_ascii) url.host = "x";
  return tfcpp::FindUrlFault(url);
}

// What is wrong with the names of a set: thousands of them make no thousands of diagnostics.
class WrongEvents {
 public:
  void Add(std::string_view event) {
    const ServerEventJudgement judgement = JudgeServerEvent(event);
    switch (judgement.verdict) {
      case ServerEventVerdict::kKnown:
      case ServerEventVerdict::kUnknown:
        return;
      case ServerEventVerdict::kMisspelt:
        return Add("Misspelt event name",
                   Concat(tfcpp::QuotedValue(event), " is written \"", judgement.meant, "\" here"));
      case ServerEventVerdict::kOfTheRegistry:
        return Add(
            "Event of another service",
            Concat(tfcpp::QuotedValue(event),
                   " is an event of the Databricks Model Registry, whose webhooks are mlflow_webhook",
                   judgement.meant.empty() ? "" : Concat("; an MLflow server calls it \"", judgement.meant, "\"")));
      case ServerEventVerdict::kMalformed:
        return Add("Malformed event name", Concat(tfcpp::QuotedValue(event), " is not of the form entity.action"));
    }
  }

  void Tell(const Path& path, Diagnostics& diagnostics) const {
    if (count_ == 0) return;
    const std::string more =
        count_ > lines_.size() ? Concat(" And so are ", std::to_string(count_ - lines_.size()), " more.") : "";
    diagnostics.AddError(
        summary_,
        Concat(tfcpp::Join(lines_, ". "), ".", more,
               " Events are named entity.action in lower case. The provider knows: ", ServerEventNames(), "."),
        path);
  }

 private:
  void Add(std::string_view summary, std::string line) {
    constexpr std::size_t kMostNamed = 10;
    if (++count_ == 1) summary_ = summary;
    if (summary != summary_) summary_ = "Event names that an MLflow server does not know";
    if (lines_.size() < kMostNamed) lines_.push_back(std::move(line));
  }

  std::size_t count_ = 0;
  std::string summary_;
  std::vector<std::string> lines_;
};

tfcpp::Validator OfText(std::string description, std::string summary, std::string name,
                        std::string (*find_fault)(std::string_view)) {
  return {std::move(description), [summary = std::move(summary), name = std::move(name), find_fault](
                                      const ValidateRequest& request, Diagnostics& diagnostics) {
            const std::string& text = request.value.AsString();
            const std::string fault = find_fault(text);
            if (fault.empty()) return;
            diagnostics.AddError(summary, Concat(name, " is ", tfcpp::QuotedValue(text), ", but ", fault, "."),
                                 request.path);
          }};
}

}  // namespace

std::size_t CountCharacters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

tfcpp::Validator ServerWebhookName() {
  return OfText(
      "must have 1 to 63 characters: letters and digits of ASCII at both ends, between them also `.`, `_`, `-`",
      "Unusable name", "name", FindNameFault);
}

tfcpp::Validator MlflowWorkspace() {
  return OfText("must have 1 to 63 characters: lower-case letters and digits of ASCII, and `-` between them",
                "Unusable workspace", "workspace",
                [](std::string_view name) { return std::string(tfcpp::mlflow_server::FindWorkspaceNameFault(name)); });
}

tfcpp::Validator ServerWebhookUrl(std::string attribute_name, bool write_only) {
  return {"must be an http or https URL with a host, without blanks and control characters",
          [attribute_name = std::move(attribute_name), write_only](const ValidateRequest& request,
                                                                   Diagnostics& diagnostics) {
            const std::string& text = request.value.AsString();
            const std::string_view fault = FindUrlFault(text, Url::Split(text));
            if (fault.empty()) return;
            const std::string shown = write_only ? "" : ShownOf(text);
            diagnostics.AddError("Unusable URL",
                                 Concat("The URL in ", attribute_name, shown.empty() ? "" : Concat(", of ", shown, ","),
                                        " ", fault, "."),
                                 write_only ? Path() : request.path);
          }};
}

tfcpp::Validator ServerEventNamesOfSet() {
  return {Concat("must be names of the form `entity.action` in lower case. Known are ", ServerEventNames()),
          [](const ValidateRequest& request, Diagnostics& diagnostics) {
            WrongEvents wrong;
            bool has_null = false;
            for (const Value& event : request.value.Elements()) {
              has_null = has_null || event.is_null();
              if (event.is_set()) wrong.Add(event.AsString());
            }
            if (has_null) {
              diagnostics.AddError("Event without a name", "An element of events is null. Remove it.", request.path);
            }
            wrong.Tell(request.path, diagnostics);
          }};
}

tfcpp::Validator ServerEventName() {
  return {"must be the name of an event, of the form `entity.action` in lower case",
          [](const ValidateRequest& request, Diagnostics& diagnostics) {
            WrongEvents wrong;
            wrong.Add(request.value.AsString());
            wrong.Tell(request.path, diagnostics);
          }};
}

}  // namespace mlflow
