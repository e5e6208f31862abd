// The life of one example of a webhook (example.h), and one change in it, for the tables of the tests.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "provider/shared/addresses.h"
#include "provider/shared/decision.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/value/walk.h"
#include "unit/provider/shared/example.h"
#include "unit/provider/shared/secret_forms.h"

namespace mlflow {

inline tfcpp::Value Text(const char* text) {
  return *text == '\0' ? tfcpp::Value::Null(tfcpp::Type::String()) : tfcpp::Value::String(text);
}

// One webhook of a kind, as Terraform leads it; of the service only what it is sent.
class ExampleLife {
 public:
  explicit ExampleLife(const SecretRow& row) : rows_({row}) {}

  const SecretRow& row() const { return rows_.front(); }
  tfcpp::Value Config(const SecretForm& form, const char* other = "x") const {
    std::string text = std::string(R"({name: "n", events: ["A"], url: "https://)") + other + "\"";
    if (!row().Object().empty()) text += std::string(R"(, target: {host: ")") + other + "\"}";
    const tfcpp::Value config = tfcpp::V(text + "}", type_.schema.ImpliedType());
    const tfcpp::Value version =
        form.version == 0 ? tfcpp::Value::Null(tfcpp::Type::Number()) : tfcpp::Value::Int(form.version);
    return Replace(Replace(Replace(config, row().plain, Text(form.plain)), row().WriteOnly(), Text(form.write_only)),
                   row().Version(), version);
  }
  const tfcpp::Plan& Plan(const tfcpp::Value& shown, const std::string& first_decision = "") {
    tfcpp::Value proposed = shown;
    for (const char* name : {"id", "updated_at", "description"}) {
      if (!state_.is_null()) proposed = proposed.With(name, state_.Get(name));
    }
    plan_ = tfcpp::PlanResource(type_, {shown, state_, proposed, private_, {}, first_decision});
    return plan_;
  }
  void Create(const tfcpp::Value& written) {
    state_ = tfcpp::Value::Null(state_.type());
    Plan(written);
    const SecretsToSend secrets = SecretsOfCreate(rows_, written, plan_.planned, scrypt_);
    Store(secrets);
  }
  char Update(const tfcpp::Value& shown, const tfcpp::Value& written) {
    Plan(shown);
    const std::string said = Told();
    EXPECT_FALSE(plan_.diagnostics.has_error()) << said;
    EXPECT_THAT(plan_.planned.ToString() + plan_.decision + said, ::testing::Not(::testing::HasSubstr("_wo: \"")));
    EXPECT_THAT(plan_.decision + said, ::testing::Not(::testing::HasSubstr("canary")));
    const char unsent = said.find("not configured are kept") == said.npos ? '=' : 'k';
    if (plan_.planned == state_) return unsent;
    if (!plan_.requires_replace.empty()) {
      for (const tfcpp::Path& path : plan_.requires_replace)
        EXPECT_TRUE(path == row().plain || path == row().Version());
      Create(written);
      return 'R';
    }
    SecretsToSend secrets = SecretsOfUpdate(rows_, ParseDecision(rows_, plan_.decision), written, state_, plan_.planned,
                                            ParsePrivateData(private_), scrypt_);
    if (!secrets.undecided.empty()) return 'x';
    const tfcpp::Value before = PlainOf(row(), secrets.prior);
    const tfcpp::Value after = PlainOf(row(), secrets.planned);
    const bool is_sent =
        row().Object().empty() ? before != after : ObjectOf(row(), secrets.prior) != ObjectOf(row(), secrets.planned);
    Store(secrets);
    if (!is_sent) return unsent;
    if (!after.is_null()) return after.AsString().back();
    return before.is_null() ? 'n' : 'r';
  }
  std::string Told() const {
    std::string text;
    for (const auto& item : plan_.diagnostics.items()) text += item.summary + ": " + item.detail + "\n";
    return text;
  }
  bool Changes() const { return plan_.planned != state_; }

  // A read that finds this address.
  void Refresh(const char* address) {
    PrivateData remembered = ParsePrivateData(private_);
    state_ = WithoutAddresses(rows_, state_, Replace(state_, row().plain, Text(address)), remembered.digests);
    private_ = WritePrivateData(remembered);
  }
  const tfcpp::Value& state() const { return state_; }
  const std::string& private_data() const { return private_; }

 private:
  void Store(const SecretsToSend& secrets) {
    state_ = plan_.planned.With("id", tfcpp::Value::String("7")).With("updated_at", tfcpp::Value::String("t"));
    private_ = WritePrivateData(secrets.remembered);
    EXPECT_THAT(private_, ::testing::Not(::testing::HasSubstr("canary")));
  }

  const SecretRows rows_;
  tfcpp::crypto::Scrypt scrypt_;
  const tfcpp::ResourceType type_ = ExampleType(rows_, scrypt_);
  tfcpp::Value state_ = tfcpp::Value::Null(type_.schema.ImpliedType());
  std::string private_;
  tfcpp::Plan plan_;
};

// One change between two forms, and that there is nothing to do after it. `other` is what goes along with the secret
// ("x": as before); `ignored`: the write-only attribute is under ignore_changes. `outcome` is a letter of a table.
inline void ExpectChange(const SecretRow& row, const SecretForm& from, const SecretForm& to, const char* other,
                         bool ignored, char outcome) {
  ExampleLife life(row);
  life.Create(life.Config(from));
  const tfcpp::Value written = life.Config(to, other);
  const tfcpp::Value shown = ignored ? Replace(written, life.row().WriteOnly(), Text("")) : written;
  const char became = life.Update(shown, written);
  EXPECT_EQ(became, outcome) << life.Told();
  if (became == 'x') return;
  // What was sent is what is remembered: what was shown finds nothing to do.
  life.Plan(shown);
  EXPECT_FALSE(life.Changes()) << life.Told();
}

}  // namespace mlflow
