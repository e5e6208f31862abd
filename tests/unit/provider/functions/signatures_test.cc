#include "provider/functions/signatures.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tfcpp/framework/provider.h"

namespace mlflow {
namespace {

using tfcpp::Value;

Value Call(const char* name, const std::vector<std::string>& texts) {
  static const std::vector<tfcpp::FunctionType> kFunctions = SignatureFunctions();
  const tfcpp::FunctionType* function = tfcpp::FindByName(kFunctions, name);
  EXPECT_NE(function, nullptr) << name;
  EXPECT_EQ(function->parameters.size(), texts.size());
  std::vector<Value> arguments;
  for (const std::string& text : texts) arguments.push_back(Value::String(text));
  return function->call(arguments).value();
}

constexpr char kMlflow[] = "v1,bBtwpi8oAFgEp5X+TfAwJQY5LpVkHDceJ2TTKJgVpCo=";
// RFC 4231, case 2.
constexpr char kHex[] = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
constexpr char kText[] = "what do ya want for nothing?";

TEST(Signatures, MatchTheDocumentedVectors) {
  EXPECT_EQ(Call("hmac_sha256_hex", {"Jefe", kText}).AsString(), kHex);
  EXPECT_EQ(Call("mlflow_signature", {"secret", "4f1c", "1700000000", "{}"}).AsString(), kMlflow);
  // The documentation's vectors are these.
  for (const tfcpp::FunctionType& function : SignatureFunctions()) {
    const bool shown =
        function.description.find(kHex) != std::string::npos || function.description.find(kMlflow) != std::string::npos;
    EXPECT_TRUE(shown) << function.name;
  }
}

TEST(Signatures, AreChecked) {
  EXPECT_TRUE(Call("verify_hmac_sha256_hex", {"Jefe", kText, kHex}).AsBool());
  const std::string hex = kHex;
  for (const std::string& wrong :
       {std::string(), hex.substr(1), hex + "0", "0" + hex.substr(1), std::string("5BDC") + hex.substr(4)}) {
    EXPECT_FALSE(Call("verify_hmac_sha256_hex", {"Jefe", kText, wrong}).AsBool()) << wrong;
  }
  EXPECT_FALSE(Call("verify_hmac_sha256_hex", {"jefe", kText, kHex}).AsBool());

  EXPECT_TRUE(Call("verify_mlflow_signature", {"secret", "4f1c", "1700000000", "{}", kMlflow}).AsBool());
  EXPECT_FALSE(Call("verify_mlflow_signature", {"secret", "4f1c", "1700000001", "{}", kMlflow}).AsBool());
  EXPECT_FALSE(Call("verify_mlflow_signature", {"secret", "4f1d", "1700000000", "{}", kMlflow}).AsBool());
  EXPECT_FALSE(
      Call("verify_mlflow_signature", {"secret", "4f1c", "1700000000", "{}", std::string(kMlflow).substr(3)}).AsBool());
}

}  // namespace
}  // namespace mlflow
