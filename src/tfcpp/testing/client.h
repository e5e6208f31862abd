// SPDX-License-Identifier: Apache-2.0
// Client: a Terraform of sorts, for tests: it speaks the plugin protocol with a provider, and has values as text.
//
//   tfcpp::test::InProcess client(notes::MakeProvider());          // tfcpp/testing/in_process.h
//   ASSERT_THAT(client.Configure(R"({path: "notes.json"})"), IsEmpty());
//   const tfcpp::test::ResourceClient notes = client.Resource("notes_note");
//   const tfcpp::test::Change made = notes.Create(R"({title: "First"})");
//   EXPECT_EQ(made.state.Get("revision").ToString(), "1");
//   EXPECT_THAT(notes.Update(made, R"({title: ""})").diagnostics, IsEmpty());
//
// Texts of values are those of tfcpp/value/parse.h: {title: "First", tags: ["a"], id: ?}. Attributes left out are null.
//
// Every call throws std::runtime_error when there is no answer that can be read, and std::logic_error for a text that
// is no value of the type: the test itself is wrong then. Thread safety: safe to use from several threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/testing/provided.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace tfcpp::host {
class Session;
}

namespace tfcpp::test {

// "error: summary: detail" of each.
std::vector<std::string> Texts(const Diagnostics& diagnostics);

// What a call about an object of a resource needs and gives.
struct Change {
  Value prior = {}, config = {}, proposed = {}, planned = {}, state = {};
  std::vector<std::string> requires_replace = {};  // paths
  std::string private_data = {};                   // of the plan, then of the state
  std::optional<Value> identity = std::nullopt;
  Diagnostics diagnostics = {};
  bool failed = false;              // there is an error among them
  bool deferred = false;            // the answer is put off
  bool legacy_type_system = false;  // the provider asks for the leniency that old SDKs need
};

// Calls about one resource type. The client must outlive it.
class ResourceClient {
 public:
  const std::string& name() const { return name_; }
  const Schema& schema() const { return schema_; }
  const Type& value_type() const { return type_; }
  bool has_identity() const { return identity_type_.has_value(); }

  bool write_only_allowed = true;  // a client since Terraform 1.11
  bool deferral_allowed = false;

  Value Parse(std::string_view text) const;
  Value Null() const { return Value::Null(type_); }

  // One call each, as Terraform makes them.
  Diagnostics Validate(const Value& config) const;
  // `config` over `prior` makes the proposed state. Prior null: create; config null: delete. `first_plan`: private data
  // of the plan that is applied, which a client since Terraform 1.16 hands over.
  Change Plan(const Value& prior, const Value& config, const std::string& private_data = "",
              const std::string& first_plan = "", const std::optional<Value>& identity = std::nullopt) const;
  void Apply(Change& change) const;
  Change Read(const Value& state, const std::string& private_data = "",
              const std::optional<Value>& identity = std::nullopt) const;
  // By id; the state is null when it failed. Terraform reads what was imported before it uses it.
  Change Import(const std::string& id) const;
  // The state of a state file, as JSON, that a schema of that version wrote.
  Change Upgrade(std::int64_t version, std::string_view json) const;

  // What `terraform apply` does of it: plan, then apply, if the plan has no error. A plan that asks for a replacement
  // is applied as an update: look at requires_replace.
  Change Create(std::string_view config) const;
  Change Update(const Change& before, std::string_view config) const;
  Change Delete(const Change& before) const;
  Change Read(const Change& before) const { return Read(before.state, before.private_data, before.identity); }

 private:
  friend class Client;
  ResourceClient(const host::Session& session, std::string name, const Schema& schema, const Schema* identity);
  Change PlanAndApply(const Change& before, const Value& config) const;

  const host::Session& session_;
  std::string name_;
  Schema schema_;
  Type type_;
  std::optional<Type> identity_type_;
};

// What a data source, a function or an ephemeral resource answers.
struct Answer {
  Value value = {};               // null when it failed
  std::string private_data = {};  // of an ephemeral resource
  Diagnostics diagnostics = {};
  bool failed = false;
  bool deferred = false;
};

class Client {
 public:
  explicit Client(std::unique_ptr<host::Session> session);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  const host::Session& session() const { return *session_; }
  // Asked for once.
  const Provided& provided() const { return provided_; }

  Diagnostics ValidateProvider(std::string_view config) const;
  Diagnostics ValidateProvider(const Value& config) const;
  Diagnostics Configure(std::string_view config) const;
  Diagnostics Configure(const Value& config) const;
  void Stop() const;

  // Throws std::logic_error when there is no such type, as do the functions below.
  ResourceClient Resource(const std::string& type) const;

  // `config` as text, or as a value.
  Diagnostics ValidateDataSource(const std::string& type, const Value& config) const;
  Diagnostics ValidateEphemeral(const std::string& type, const Value& config) const;
  Diagnostics ValidateAction(const std::string& type, const Value& config) const;
  Diagnostics ValidateList(const std::string& type, const Value& config) const;
  Answer ReadData(const std::string& type, std::string_view config) const;
  Answer ReadData(const std::string& type, const Value& config) const;
  Answer CallFunction(const std::string& name, const std::vector<Value>& arguments) const;
  Answer OpenEphemeral(const std::string& type, std::string_view config) const;
  Answer OpenEphemeral(const std::string& type, const Value& config) const;
  Diagnostics CloseEphemeral(const std::string& type, const std::string& private_data) const;

 private:
  std::unique_ptr<host::Session> session_;
  Provided provided_;
};

}  // namespace tfcpp::test
