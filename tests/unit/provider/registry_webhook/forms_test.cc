// Every change between two forms of a secret, for every secret: what the plan says, what the apply sends, and that what
// is remembered agrees with it. In three tables: the change by itself, together with another change of the target, and
// the latter with the write-only attribute under ignore_changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "provider/registry_webhook/secrets.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/value/walk.h"
#include "unit/provider/registry_webhook/life.h"
#include "unit/provider/shared/secret_forms.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Replace;
using tfcpp::Type;
using tfcpp::Value;

// What becomes of the secret.
//   =  nothing is sent        a  canary-a is sent        n  the target is sent without it, and nothing is said of it
//   k  as =, with a warning   b  canary-b is sent        r  the target is sent, and it is removed
//                                                        x  the apply stops before any call
// Columns as in kForms.        none, plain a, plain b, a, b, a1, b1, b2, 1 alone, 2 alone
constexpr FormTable kByItself = {"=abababbrr",        // from none
                                 "r=bababbrr",        // from plain a
                                 "kab=babbrr",        // from write-only a
                                 "rabab==b=r",        // from write-only a, version 1
                                 "rabab==b=r"};       // from version 1 alone
constexpr FormTable kWithTheTarget = {"nabababbrr",   //
                                      "rabababbrr",   //
                                      "xabababbrr",   //
                                      "rabababbxr",   //
                                      "rabababbnr"};  //
constexpr FormTable kIgnored = {"nabxxxxxrr",         //
                                "rabxxxxxrr",         //
                                "xabaxxxxrr",         //
                                "rabxxabxxr",         //
                                "rabxxabxnr"};        //

struct Secret {
  const SecretRow& row;
  const char* spec;    // what it needs beside the secret, and that with another member changed
  const char* other;   // of the same
  const char* member;  // of the API
};
const std::array<Secret, 3> kSecrets = {{
    {WebhookSecrets()[0], R"(http_url_spec: {url: "https://x"})", R"(http_url_spec: {url: "https://y"})",
     "authorization"},
    {WebhookSecrets()[1], R"(http_url_spec: {url: "https://x"})", R"(http_url_spec: {url: "https://y"})", "secret"},
    {WebhookSecrets()[2], R"(job_spec: {job_id: "1"})", R"(job_spec: {job_id: "2"})", "access_token"},
}};

Value Text(const char* text) { return *text == '\0' ? Value::Null(Type::String()) : Value::String(text); }

std::string SpecOf(const Secret& secret) { return secret.row.Object().ToString(); }

Value InForm(const Secret& secret, const char* spec, const SecretForm& form) {
  const Value config = Config(tfcpp::Concat(R"({events: ["COMMENT_CREATED"], )", spec, "}"));
  const Value version = form.version == 0 ? Value::Null(Type::Number()) : Value::Int(form.version);
  return Replace(
      Replace(Replace(config, secret.row.plain, Text(form.plain)), secret.row.WriteOnly(), Text(form.write_only)),
      secret.row.Version(), version);
}

class FormsTest : public Life {
 protected:
  // One change: `shown` to the plan and `written` for the apply.
  void Change(const Secret& secret, const Value& shown, const Value& written, char expected) {
    Plan(shown);
    EXPECT_FALSE(plan_.diagnostics.has_error()) << Told();
    EXPECT_THAT(plan_.planned.ToString(), Not(HasSubstr("_wo: \"")));
    EXPECT_EQ(Changes(), expected != '=' && expected != 'k');
    EXPECT_EQ(Said().find("not configured are kept") != Said().npos, expected == 'k') << Told();
    const std::string private_before = private_;
    body_.clear();
    if (!Changes()) return;  // Terraform applies nothing
    const auto output = Apply(written);
    EXPECT_EQ(Outcome(secret, output.diagnostics), expected) << body_ << Summaries(output.diagnostics);
    EXPECT_THAT(private_, Not(HasSubstr("send")));
    if (expected == 'x') {
      EXPECT_EQ(private_, private_before);
      return;
    }
    // What was sent is what is remembered: the configuration as it is written finds nothing to do.
    Plan(written);
    EXPECT_FALSE(Changes()) << Told();
  }

  char Outcome(const Secret& secret, const tfcpp::Diagnostics& diagnostics) const {
    if (diagnostics.has_error()) {
      EXPECT_EQ(Summaries(diagnostics), "error: Target cannot be sent without its secrets @\n");
      EXPECT_EQ(body_, "");
      return 'x';
    }
    const std::string sent = Sent(SpecOf(secret), secret.member);
    if (sent == "canary-a" || sent == "canary-b") return sent.back();
    // In place of no token the provider's own is lent.
    if (secret.row.lent) return sent == "dapi" ? removed_ : '?';
    return sent.empty() ? 'r' : sent == "none" ? 'n' : '?';
  }

  // Walks a table: `other` changes another member of the target too, `ignored` hides the write-only value.
  void Walk(const FormTable& table, bool other, bool ignored) {
    for (const Secret& secret : kSecrets) {
      for (std::size_t row = 0; row < kFrom.size(); ++row) {
        for (std::size_t column = 0; column < kForms.size(); ++column) {
          SCOPED_TRACE(
              tfcpp::Concat(secret.row.Name(), " from ", std::to_string(kFrom[row]), " to ", std::to_string(column)));
          Begin(InForm(secret, secret.spec, kForms[kFrom[row]]));
          const Value written = InForm(secret, other ? secret.other : secret.spec, kForms[column]);
          const Value hidden = Replace(written, secret.row.WriteOnly(), Text(""));
          removed_ = table[row][column] == 'n' ? 'n' : 'r';
          Change(secret, ignored ? hidden : written, written, table[row][column]);
        }
      }
    }
  }

  char removed_ = 'r';
};

TEST_F(FormsTest, ByItself) { Walk(kByItself, false, false); }
TEST_F(FormsTest, WithTheTarget) { Walk(kWithTheTarget, true, false); }
TEST_F(FormsTest, WithTheTargetUnderIgnoreChanges) { Walk(kIgnored, true, true); }

// Whatever is written: with ignore_changes = all the plan is empty, and an update of something else sends no target.
TEST_F(FormsTest, UnderIgnoreChangesOfTheTarget) {
  for (const Secret& secret : kSecrets) {
    for (const std::size_t from : kFrom) {
      for (const SecretForm& to : kForms) {
        SCOPED_TRACE(tfcpp::Concat(secret.row.Name(), " from ", std::to_string(from)));
        Begin(InForm(secret, secret.spec, kForms[from]));
        // Terraform shows the state's own target.
        const Value frozen =
            Config(R"({events: ["COMMENT_CREATED"]})").With(SpecOf(secret), ObjectOf(secret.row, state_));
        EXPECT_EQ(Plan(frozen).planned, state_);
        const std::string remembered = private_;
        Plan(frozen.With("description", Value::String("new")));
        const Value written = InForm(secret, secret.other, to).With("description", Value::String("new"));
        EXPECT_FALSE(Apply(written).diagnostics.has_error());
        EXPECT_EQ(body_.find("_spec"), body_.npos) << body_;
        EXPECT_EQ(private_, remembered);
      }
    }
  }
}

// A value that is not known yet counts as unchanged where a version says so or none is remembered to differ; the plan
// at apply decides.
TEST_F(FormsTest, UnknownValues) {
  for (const Secret& secret : kSecrets) {
    for (const std::size_t from : kFrom) {
      for (const int version : {0, 1, 2}) {
        SCOPED_TRACE(
            tfcpp::Concat(secret.row.Name(), " from ", std::to_string(from), " version ", std::to_string(version)));
        Begin(InForm(secret, secret.spec, kForms[from]));
        const Value known = InForm(secret, secret.spec, {"", "canary-b", version});
        const Value early = Replace(known, secret.row.WriteOnly(), Value::Unknown(Type::String()));
        const bool was_plain = *kForms[from].plain != '\0';
        const bool changes = was_plain || version != kForms[from].version;
        Plan(early);
        EXPECT_EQ(Changes(), changes);
        EXPECT_FALSE(plan_.diagnostics.has_error()) << Told();
        const std::string first = plan_.decision;
        Plan(known, first);  // the plan at apply, of a client that hands over the first decision
        EXPECT_FALSE(plan_.diagnostics.has_error()) << Told();
        if (!changes) continue;
        Apply(known);
        EXPECT_EQ(Sent(SpecOf(secret), secret.member), "canary-b");
      }
    }
  }
}

}  // namespace
}  // namespace mlflow
