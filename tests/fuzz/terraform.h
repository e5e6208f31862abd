// A Terraform of sorts over the real provider, with one instance of mlflow_webhook, or of mlflow_server_webhook. It
// demands of every answer what Terraform demands, and that no diagnostic, log record or private data has a secret.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conformance/provider_client.h"
#include "fuzz.h"
#include "hostile.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace fuzz {

// Each step takes what it is about as text; what cannot be read as that is passed over.
class Terraform {
 public:
  // Answers of the service are lines too. Only one object at a time: all are served by the same provider.
  explicit Terraform(Lines& lines);

  void TurnToServer(std::string_view);  // to an instance of mlflow_server_webhook, and a provider process of its own
  void AskWhatThereIs(std::string_view);
  void Configure(std::string_view about);  // a way to sign in, then a provider block
  void Apply(std::string_view config);
  void Destroy(std::string_view);
  void Read(std::string_view);
  void Import(std::string_view id);
  void ImportByIdentity(std::string_view identity);
  void Move(std::string_view json);
  void Upgrade(std::string_view about);  // a version, then JSON
  void GenerateConfiguration(std::string_view);
  void ReadWebhookData(std::string_view config) { ReadData(0, config); }
  void ReadWebhooksData(std::string_view config) { ReadData(1, config); }
  void List(std::string_view config);
  void Act(std::string_view config);
  void CallFunction(std::string_view about);  // which one, then arguments with commas between them
  void Stop(std::string_view);
  void SendBytes(std::string_view bytes);  // in place of values, everywhere
  void ForgePrivateData(std::string_view bytes);

 private:
  template <class Request, class Response>
  Response Call(grpc::Status (tfplugin6::Provider::Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                const Request& request);
  conformance::Change Plan(const tfcpp::Value& config);
  void ApplyPlan(conformance::Change change);
  void ReadData(std::size_t index, std::string_view config);
  void ReadImported(const tfplugin6::ImportResourceState_Request& request);
  bool IsValid(const tfcpp::Value& config);
  void Keep(const conformance::Change& change);

  conformance::ProviderClient* client_;  // of the type that it is about; never null
  std::size_t service_index_ = 0;        // of what is about the same service, among the provider's lists and actions
  HostileService service_;
  tfcpp::Value state_;
  std::string private_data_;
};

}  // namespace fuzz
