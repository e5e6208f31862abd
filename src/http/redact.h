// Keeping secrets out of texts: by name, at any depth of a JSON body, and by value, wherever the text comes from.
//
// A name is secret when one of its parts is: authorization, secret, token, password, assertion, cookie, credential; but
// a page token is none, nor what ends with _type, _endpoint, _uri, _url or _supported. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "http/transport.h"
#include "json/json.h"

namespace tfcpp::http {

// The string values of secret names in a body, and in headers; of "Bearer abc" both the whole and "abc".
std::vector<Secret> SecretsIn(const Json& body);
std::vector<Secret> SecretsIn(const std::vector<Header>& headers);

// `text` with every occurrence of a secret of at least 4 bytes replaced. (Shorter ones would blank out ordinary text.)
std::string WithoutSecrets(std::string text, const std::vector<Secret>& secrets);

// A body with every occurrence of a secret replaced, within its JSON strings too.
std::string BodyWithoutSecrets(const std::string& body, const std::vector<Secret>& secrets);

// Headers as they may be logged, "Name: value" joined by "; ": values of secret names replaced, then `secrets`. At most
// 4 KiB.
std::string RedactHeaders(const std::vector<Header>& headers, const std::vector<Secret>& secrets);

// A body as it may be logged: values of secret names replaced, then `secrets`; text that is no JSON gives way to its
// length. At most 4 KiB.
std::string RedactBody(std::string_view body, const std::vector<Secret>& secrets);

}  // namespace tfcpp::http
