// The address of a workspace: a normal form that stays as it is, and errors that show no secret that was copied with
// it.
#include "databricks/host.h"

#include <algorithm>

#include "fuzz.h"

namespace fuzz {
namespace {

bool IsWholeNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void RequireNormal(const std::string& host) {
  const std::size_t scheme = host.rfind("https://", 0) == 0 ? 8 : 7;
  Require(scheme == 8 || host.rfind("http://", 0) == 0, "a host has one of two schemes");
  const std::string_view authority = std::string_view(host).substr(scheme);
  Require(!authority.empty() && authority.front() != ':', "a host has a name");
  for (const char c : authority) {
    const auto byte = static_cast<unsigned char>(c);
    Require(byte > 0x20 && byte < 0x7f, "a host is visible ASCII");
    Require(std::string_view("/?#@\\\"<>^`{|}%").find(c) == std::string_view::npos, "a host is no more than a host");
    Require(c < 'A' || c > 'Z', "a host is in lower case");
  }
  const auto again = tfcpp::databricks::NormaliseHost(host);
  Require(again.has_value() && *again == host, "the normal form is stable");
}

}  // namespace

void Run(std::string_view input) {
  // An error shows what stands before the query, unless there is user information in it.
  const std::size_t shown = input.find('@') == input.npos ? std::min(input.find_first_of("?#"), input.size()) : 0;
  const std::string text = std::string(input.substr(0, shown)) + Plant(input.substr(shown));
  const auto host = tfcpp::databricks::NormaliseHost(text);
  if (host.has_value()) {
    RequireNormal(*host);
    tfcpp::databricks::IsAccountHost(*host);
    tfcpp::databricks::CloudOfHost(*host);
  } else {
    Require(host.error().code == tfcpp::ErrorCode::kInvalidArgument, "an error is kInvalidArgument");
    RequireReadable(host.error().message, "the error");
  }
  const auto ids = tfcpp::databricks::IdsInQuery(input);
  const bool from_w = input.find("w=") != input.npos;
  Require(ids.workspace_id.empty() || from_w || IsWholeNumber(ids.workspace_id), "a workspace id is a number");
  tfcpp::databricks::CloudOfName(input);
}

}  // namespace fuzz
