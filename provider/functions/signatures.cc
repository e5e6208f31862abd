#include "provider/functions/signatures.h"

#include <string>
#include <string_view>
#include <utility>

#include "crypto/hmac.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::FunctionParameter;
using tfcpp::FunctionType;
using tfcpp::Result;
using tfcpp::Type;
using tfcpp::Value;
using tfcpp::crypto::EqualInConstantTime;
using tfcpp::crypto::HmacSha256;

using Arguments = std::vector<Value>;

FunctionParameter Text(std::string name, std::string description) {
  return {.name = std::move(name), .type = Type::String(), .description = std::move(description)};
}

FunctionParameter Secret() { return Text("secret", "The webhook's secret, the key of the signature."); }
FunctionParameter Body() { return Text("body", "The body of the delivery, byte for byte as it was received."); }
FunctionParameter DeliveryId() { return Text("delivery_id", "The header `X-MLflow-Delivery-Id`."); }
FunctionParameter Timestamp() {
  return Text("timestamp", "The header `X-MLflow-Timestamp`: seconds since 1970-01-01, as text.");
}

std::string DatabricksSignature(const std::string& secret, const std::string& body) {
  return tfcpp::crypto::ToHex(HmacSha256(secret, body));
}

std::string MlflowSignature(const std::string& secret, const std::string& delivery_id, const std::string& timestamp,
                            const std::string& body) {
  const std::string code = HmacSha256(secret, Concat(delivery_id, ".", timestamp, ".", body));
  return Concat("v1,", tfcpp::Base64(code));
}

// How a check is to be used, said once.
constexpr std::string_view kAboutChecks =
    "False for anything else than the right signature, a malformed one included. Takes the same time wherever the "
    "signatures differ. An empty secret makes signatures that anybody can make: check that you have one. When an "
    "argument is sensitive, so is the result; `nonsensitive()` makes it fit for an output.\n\n";

}  // namespace

std::vector<FunctionType> SignatureFunctions() {
  return {
      {.name = "hmac_sha256_hex",
       .parameters = {Secret(), Body()},
       .result = Type::String(),
       .summary = "The signature of a delivery, as Databricks signs",
       .description = "HMAC-SHA256 of the body with the webhook's secret, in lower-case hexadecimal: the value of the "
                      "header `X-Databricks-Signature` of a delivery.\n\n"
                      "Test vector: `hmac_sha256_hex(\"Jefe\", \"what do ya want for nothing?\")` is "
                      "`5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843` (RFC 4231, case 2).",
       .call = [](const Arguments& arguments) -> Result<Value> {
         return Value::String(DatabricksSignature(arguments[0].AsString(), arguments[1].AsString()));
       }},
      {.name = "mlflow_signature",
       .parameters = {Secret(), DeliveryId(), Timestamp(), Body()},
       .result = Type::String(),
       .summary = "The signature of a delivery, as MLflow's own server signs",
       .description =
           "`v1,` and the Base64 form of the HMAC-SHA256 of `<delivery_id>.<timestamp>.<body>` with the webhook's "
           "secret: the value of the header `X-MLflow-Signature` of a delivery of MLflow's open-source server.\n\n"
           "Test vector: `mlflow_signature(\"secret\", \"4f1c\", \"1700000000\", \"{}\")` is "
           "`v1,bBtwpi8oAFgEp5X+TfAwJQY5LpVkHDceJ2TTKJgVpCo=`.",
       .call = [](const Arguments& arguments) -> Result<Value> {
         return Value::String(MlflowSignature(arguments[0].AsString(), arguments[1].AsString(), arguments[2].AsString(),
                                              arguments[3].AsString()));
       }},
      {.name = "verify_hmac_sha256_hex",
       .parameters = {Secret(), Body(), Text("signature", "The header `X-Databricks-Signature`.")},
       .result = Type::Bool(),
       .summary = "Whether a delivery was signed by Databricks with this secret",
       .description = Concat("Whether `signature` is what `hmac_sha256_hex(secret, body)` gives. ", kAboutChecks,
                             "Test vector: `verify_hmac_sha256_hex(\"Jefe\", \"what do ya want for nothing?\", "
                             "\"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\")` is `true`."),
       .call = [](const Arguments& arguments) -> Result<Value> {
         return Value::Bool(EqualInConstantTime(DatabricksSignature(arguments[0].AsString(), arguments[1].AsString()),
                                                arguments[2].AsString()));
       }},
      {.name = "verify_mlflow_signature",
       .parameters = {Secret(), DeliveryId(), Timestamp(), Body(),
                      Text("signature", "The header `X-MLflow-Signature`.")},
       .result = Type::Bool(),
       .summary = "Whether a delivery was signed by MLflow's own server with this secret",
       .description = Concat(
           "Whether `signature` is what `mlflow_signature(secret, delivery_id, timestamp, body)` gives. ", kAboutChecks,
           "It says nothing about the age of a delivery: a receiver also compares the timestamp with its clock.\n\n"
           "Test vector: `verify_mlflow_signature(\"secret\", \"4f1c\", \"1700000000\", \"{}\", "
           "\"v1,bBtwpi8oAFgEp5X+TfAwJQY5LpVkHDceJ2TTKJgVpCo=\")` is `true`."),
       .call = [](const Arguments& arguments) -> Result<Value> {
         return Value::Bool(EqualInConstantTime(MlflowSignature(arguments[0].AsString(), arguments[1].AsString(),
                                                                arguments[2].AsString(), arguments[3].AsString()),
                                                arguments[4].AsString()));
       }},
  };
}

}  // namespace mlflow
