#include "guard.h"

#include <string_view>
#include <utility>

#include "tfcpp/base/ip_address.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace workspace {
namespace {

using tfcpp::Concat;

// Without the port; an IPv6 address without its brackets.
std::string NameIn(std::string_view host) {
  return tfcpp::ToLower(tfcpp::WithoutBrackets(tfcpp::SplitPort(host).host));
}

bool IsJson(std::string_view content_type) {
  return tfcpp::EqualsIgnoreCase(tfcpp::Trim(content_type.substr(0, content_type.find(';'))), "application/json");
}

}  // namespace

Guard::Guard(std::string scheme, const std::set<std::string>& host_names) : scheme_(std::move(scheme)) {
  for (const std::string& name : host_names) host_names_.insert(tfcpp::ToLower(name));
}

std::optional<Answer> Guard::Refuse(const Head& head) const {
  const std::string name = NameIn(head.host);
  if (!tfcpp::ParseIpAddress(name).has_value() && name != "localhost" && !host_names_.contains(name)) {
    return workspace::Refuse(403, "FOREIGN_HOST",
                             Concat("The request is for the host \"", name,
                                    "\". If that leads here, start the local "
                                    "workspace with --host-name ",
                                    name.empty() ? "NAME" : name, "."));
  }
  if (head.method == "GET" || head.method == "HEAD") return std::nullopt;
  if (!head.origin.empty() && !tfcpp::EqualsIgnoreCase(head.origin, Concat(scheme_, "://", head.host))) {
    return workspace::Refuse(403, "FOREIGN_ORIGIN", Concat("A page of ", head.origin, " may change nothing here."));
  }
  if (head.method != "DELETE" && !IsJson(head.content_type)) {
    return workspace::Refuse(415, "UNSUPPORTED_MEDIA_TYPE",
                             Concat(head.method, " needs the header Content-Type: application/json."));
  }
  return std::nullopt;
}

}  // namespace workspace
