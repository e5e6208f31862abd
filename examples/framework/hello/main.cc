// The smallest provider that does something: `hello_greeting` makes a text, and keeps it in the state alone.
#include <memory>
#include <string>

#include "tfcpp/framework/provider.h"
#include "tfcpp/program/serve.h"
#include "tfcpp/schema/plan_modifiers.h"

namespace {

using tfcpp::Context;
using tfcpp::Mode;
using tfcpp::Outcome;
using tfcpp::Type;
using tfcpp::Value;

constexpr char kGreeting[] = "hello_greeting";

// What Terraform planned, with what was computed filled in.
Outcome Greet(const Value& planned) {
  const std::string text = "Hello, " + planned.Get("name").AsString() + "!";
  return {.state = planned.With("text", Value::String(text))};
}

class Greeting final : public tfcpp::Resource {
 public:
  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override { return Greet(request.planned); }
  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override {
    return {.state = request.state};
  }
  Outcome Update(const Context&, const tfcpp::UpdateRequest& request) override { return Greet(request.planned); }
  Outcome Delete(const Context&, const tfcpp::DeleteRequest&) override { return {}; }
};

tfcpp::Provider MakeProvider() {
  return {.type_name = "hello",
          .version = TFCPP_PROVIDER_VERSION,
          .address = TFCPP_PROVIDER_ADDRESS,
          .resources = {{.name = kGreeting,
                         .schema = {.attributes = {{.name = "name",
                                                    .type = Type::String(),
                                                    .mode = Mode::kRequired,
                                                    .description = "Who is greeted."},
                                                   {.name = "text",
                                                    .type = Type::String(),
                                                    .mode = Mode::kComputed,
                                                    .description = "The greeting."}},
                                    .description = "A greeting."}}},
          .configure = [](const Context&, const tfcpp::ConfigureRequest&) {
            tfcpp::Service service{.name = "the greeter"};
            service.Bind(&tfcpp::Service::resources, kGreeting, [] { return std::make_unique<Greeting>(); });
            return service;
          }};
}

}  // namespace

int main(int argc, char** argv) { return tfcpp::Serve(MakeProvider(), argc, argv); }
