// SPDX-License-Identifier: Apache-2.0
// Secrets by the names that they stand under: to get to know them, and to keep them out of logs. By value, wherever a
// text comes from, known_secrets.h takes them out.
//
// A name is secret when one of its parts is: authorization, secret, token, password, assertion, cookie, credential; but
// a page token is none, nor what ends with _type, _endpoint, _uri, _url or _supported. What is called `url` is an
// address of somebody else's, of which scheme and host may be shown. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rest/known_secrets.h"
#include "rest/transport.h"
#include "tfcpp/base/secret.h"
#include "tfcpp/json/json.h"

namespace tfcpp::rest {

// The string values of secret names in a body, and in headers; of "Bearer abc" both the whole and "abc".
std::vector<Secret> SecretsIn(const Json& body);
// None in what is no JSON, or has more than 50,000 values.
std::vector<Secret> SecretsInBody(std::string_view body);
std::vector<Secret> SecretsIn(const std::vector<Header>& headers);

// Of a message that quotes a database's statement, which goes on with the values of the row, the first line; any other
// text as it is. Facts: SQLAlchemy writes "(driver's error) cause", then lines with "[SQL: ...]" and "[parameters:
// ...]".
std::string_view WithoutSql(std::string_view message);

// The addresses in a body, of members that are called `url`.
std::vector<Secret> AddressesIn(const Json& body);

// Headers as they may be logged, "Name: value" joined by "; ": values of secret names replaced, and `known` ones. At
// most 4 KiB.
std::string RedactHeaders(const std::vector<Header>& headers, const KnownSecrets& known);

// A body as it may be logged: values of secret names replaced, and `known` ones, and addresses end with their host;
// text that is no JSON, or has more than 50,000 values, gives way to its length. At most 4 KiB.
std::string RedactBody(std::string_view body, const KnownSecrets& known);

}  // namespace tfcpp::rest
