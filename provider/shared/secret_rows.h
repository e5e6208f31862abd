// The secrets of a kind of webhook, as rows: where each stands, and what its removal means. Attributes, checks,
// decisions and warnings are made from them, the same for every kind.
//
// A secret has three attributes side by side: `secret`, which stands in the state; `secret_wo`, which only the
// configuration knows; and `secret_wo_version`, a number that says when the latter has a new value. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/base/secret.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace mlflow {

enum class Removal {
  kUpdate,       // an update tells the service that there is none
  kReplacement,  // the service cannot be told, so a webhook without it is made
};

struct SecretRow {
  // The plain form: http_url_spec.secret, or secret. One in an object is sent with the whole object whenever anything
  // of that changes; one at the top is sent by itself.
  tfcpp::Path plain;
  Removal removal = Removal::kUpdate;
  // In place of none the provider's own is lent, so a version alone renews that.
  bool lent = false;
  // An address whose path is the secret. The service returns it, so a read tells whether it is still the one that was
  // sent (addresses.h); and no webhook is without, so exactly one of its forms is set, and nothing removes it.
  bool is_address = false;

  tfcpp::Path Object() const;     // http_url_spec; empty: at the top
  tfcpp::Path WriteOnly() const;  // http_url_spec.secret_wo
  tfcpp::Path Version() const;    // http_url_spec.secret_wo_version

  // For people, and in what is remembered.
  std::string Name() const { return WriteOnly().ToString(); }
  std::string PlainName() const { return plain.ToString(); }
  std::string VersionName() const { return Version().ToString(); }
};
// The last step of a row's path, an attribute.
std::string LastName(const tfcpp::Path& path);

// Decisions point to rows, so a kind of webhook has them for ever.
using SecretRows = std::vector<SecretRow>;

// Parts of a configuration, a plan or a state. Where the object is null, so are they; where it is not known, neither
// are they.
tfcpp::Value ObjectOf(const SecretRow& row, const tfcpp::Value& webhook);
tfcpp::Value PlainOf(const SecretRow& row, const tfcpp::Value& webhook);
tfcpp::Value WriteOnlyOf(const SecretRow& row, const tfcpp::Value& webhook);
tfcpp::Value VersionOf(const SecretRow& row, const tfcpp::Value& webhook);

// The secrets that are known, in both forms: those that are no addresses, and those that are.
std::vector<tfcpp::Secret> SecretsOf(const SecretRows& rows, const tfcpp::Value& webhook);
std::vector<tfcpp::Secret> AddressesOf(const SecretRows& rows, const tfcpp::Value& webhook);

}  // namespace mlflow
