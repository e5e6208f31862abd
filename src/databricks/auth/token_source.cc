#include "databricks/auth/token_source.h"

#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

// Servers want the well-known words in this case.
std::string SchemeOf(const std::string& token_type) {
  for (const char* scheme : {"Bearer", "Basic", "MAC"}) {
    if (EqualsIgnoreCase(token_type, scheme)) return scheme;
  }
  return token_type.empty() ? "Bearer" : token_type;
}

std::string_view TokenIn(const rest::Header& header) {
  const std::string_view value = header.value;
  return header.name == kAuthorization ? value.substr(value.find(' ') + 1) : value;
}

}  // namespace

CachedHeaders::CachedHeaders(const SignInTools& tools, std::vector<TokenHeader> headers,
                             std::vector<rest::Header> fixed)
    : secrets_(tools.secrets), fixed_(std::move(fixed)) {
  for (TokenHeader& header : headers) {
    parts_.push_back({std::move(header.name), header.is_optional,
                      std::make_unique<TokenCache>(tools.clock, std::move(header.fetch))});
  }
}

Result<std::vector<rest::Header>> CachedHeaders::Headers(const Context& context) {
  std::vector<rest::Header> headers = fixed_;
  for (const Part& part : parts_) {
    const Result<AccessToken> token = part.cache->Get(context);
    if (!token.has_value()) {
      if (part.is_optional && !context.stop.stop_requested()) continue;
      return token.error();
    }
    secrets_.Add(token->value);
    const std::string& value = token->value.Reveal();
    headers.push_back({part.name, part.name == kAuthorization ? Concat(SchemeOf(token->type), " ", value) : value});
  }
  return headers;
}

bool CachedHeaders::Invalidate(const std::vector<rest::Header>& refused) {
  bool renewable = false;
  for (const rest::Header& header : refused) {
    for (const Part& part : parts_) {
      if (part.name == header.name) renewable = part.cache->Invalidate(std::string(TokenIn(header))) || renewable;
    }
  }
  return renewable;
}

std::unique_ptr<rest::TokenSource> BearerSource(const SignInTools& tools, FetchToken fetch) {
  std::vector<TokenHeader> headers;
  headers.push_back({.fetch = std::move(fetch)});
  return std::make_unique<CachedHeaders>(tools, std::move(headers));
}

}  // namespace tfcpp::databricks
