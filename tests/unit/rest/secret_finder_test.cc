#include "rest/secret_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>

#include "rest/json_client.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp::rest {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Without(std::string_view text, const std::vector<std::string>& secrets) {
  return SecretFinder(secrets).Without(text);
}

TEST(SecretFinderTest, ReplacesEveryOccurrence) {
  EXPECT_EQ(Without("abcd-abcd abcd", {"abcd"}), "**REDACTED**-**REDACTED** **REDACTED**");
  EXPECT_EQ(Without("abc abc", {"abc", ""}), "abc abc");  // too short to be one
  EXPECT_EQ(Without("text", {}), "text");
  EXPECT_EQ(Without("", {"abcd"}), "");
  EXPECT_EQ(Without("x ED**RED", {"REDACTED"}), "x ED**RED");
}

TEST(SecretFinderTest, ASecretWithinAnotherLeavesNoRest) {
  for (const auto& secrets : {std::vector<std::string>{"canary", "canary-tail"}, {"canary-tail", "canary"}}) {
    EXPECT_EQ(Without("said canary-tail", secrets), "said **REDACTED**");
  }
  EXPECT_EQ(Without("abcdefgh", {"abcdef", "defgh"}), "**REDACTED**");
}

// --- Forms ---

std::string EachByte(std::string_view text, const char* format) {
  std::string written;
  for (const char c : text) {
    char one[16];
    std::snprintf(one, sizeof(one), format, static_cast<unsigned char>(c));
    written += one;
  }
  return written;
}

// `format` for each character of a well-formed text; `by_units`: for each UTF-16 unit.
std::string EachCharacter(std::string_view text, const char* format, bool by_units) {
  std::string written;
  const auto write = [&](unsigned code) {
    char one[16];
    std::snprintf(one, sizeof(one), format, code);
    written += one;
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[at + i])); };
    const unsigned size = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
    unsigned code = size == 1 ? byte(0) : byte(0) & (0xffu >> (size + 1));
    for (unsigned i = 1; i < size; ++i) code = code << 6 | (byte(i) & 0x3f);
    if (by_units && code >= 0x10000) {
      write(0xd800 + ((code - 0x10000) >> 10));
      write(0xdc00 + ((code - 0x10000) & 0x3ff));
    } else {
      write(code);
    }
    at += size;
  }
  return written;
}

std::string JsonString(const std::string& text) {
  const std::string quoted = Json::String(text).Write();
  return quoted.substr(1, quoted.size() - 2);
}

std::string HtmlEscaped(std::string_view text) {
  std::string written;
  for (const char c : text) {
    if (c == '&')
      written += "&amp;";
    else if (c == '<')
      written += "&lt;";
    else if (c == '>')
      written += "&gt;";
    else if (c == '"')
      written += "&quot;";
    else if (c == '\'')
      written += "&#x27;";
    else
      written += c;
  }
  return written;
}

std::string Base64Behind(std::size_t offset, const std::string& text) {
  return Base64(Concat(std::string(offset, '#'), text, "&more"));
}

struct Form {
  const char* name;
  std::function<std::string(const std::string&)> write;
};

const std::vector<Form>& Forms() {
  static const std::vector<Form> forms = {
      {"raw", [](const std::string& s) { return s; }},
      {"JSON string", JsonString},
      {"JSON string in a JSON string", [](const std::string& s) { return JsonString(JsonString(s)); }},
      {"\\u00xx", [](const std::string& s) { return EachCharacter(s, "\\u%04x", true); }},
      {"\\u00XX", [](const std::string& s) { return EachCharacter(s, "\\u%04X", true); }},
      {"percent-encoded", [](const std::string& s) { return PercentEncode(s); }},
      {"percent-encoded, each byte", [](const std::string& s) { return EachByte(s, "%%%02x"); }},
      {"percent-encoded twice", [](const std::string& s) { return PercentEncode(PercentEncode(s)); }},
      {"HTML", HtmlEscaped},
      {"HTML, decimal", [](const std::string& s) { return EachCharacter(s, "&#%u;", false); }},
      {"HTML, hex", [](const std::string& s) { return EachCharacter(s, "&#x%x;", false); }},
      {"HTML in a JSON string", [](const std::string& s) { return JsonString(HtmlEscaped(s)); }},
      {"hex", [](const std::string& s) { return EachByte(s, "%02x"); }},
      {"HEX", [](const std::string& s) { return EachByte(s, "%02X"); }},
      {"hex behind half a byte", [](const std::string& s) { return "f" + EachByte(s, "%02x"); }},
      {"Base64", [](const std::string& s) { return Base64(s); }},
      {"Base64 for addresses", [](const std::string& s) { return Base64Url(s); }},
      {"Base64 of a user and it", [](const std::string& s) { return Base64("user:" + s + "."); }},
      {"Base64, offset 0", [](const std::string& s) { return Base64Behind(0, s); }},
      {"Base64, offset 1", [](const std::string& s) { return Base64Behind(1, s); }},
      {"Base64, offset 2", [](const std::string& s) { return Base64Behind(2, s); }},
      {"Base64, offset 2, its beginning cut", [](const std::string& s) { return Base64Behind(2, s).substr(3); }},
      {"Base64 behind other digits", [](const std::string& s) { return "/x/" + Base64Url(s); }},
      {"Base64, percent-encoded", [](const std::string& s) { return PercentEncode(Base64(s)); }},
      {"Base64 in a JSON string", [](const std::string& s) { return EachByte(Base64(s), "\\u%04x"); }},
      {"cut at its end", [](const std::string& s) { return s.substr(0, 8) + "..."; }},
      {"cut at its end, with an ellipsis", [](const std::string& s) { return s.substr(0, 9) + "\xe2\x80\xa6"; }},
      {"cut at its beginning", [](const std::string& s) { return "..." + s.substr(s.size() - 8); }},
      {"all but its first byte", [](const std::string& s) { return s.substr(1); }},
      {"all but its last byte", [](const std::string& s) { return s.substr(0, s.size() - 1); }},
      {"\\u00xx, cut", [](const std::string& s) { return EachCharacter(s, "\\u%04x", true).substr(0, 64); }},
      {"Base64, cut", [](const std::string& s) { return Base64(s).substr(0, 12); }},
      {"hex, cut", [](const std::string& s) { return EachByte(s, "%02x").substr(0, 17); }},
  };
  return forms;
}

const std::vector<std::pair<std::string, std::string>> kAround = {
    {"", ""}, {"said ", " again"}, {"\"", "\""}, {"(", ")"}, {"\v\f", "\n"}, {"[=", ",]"}, {"\x1b", "\xff"},
};
const std::vector<std::string> kSecrets = {
    "dapi0123456789abcdef",
    "p\"q\\r/s\tt<u>&v'w",
    "Bearer zYxWvUtS",
    "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80-tail",
    "%41%42\\u0043&amp;+==",
    "nine byte",
    std::string(3000, 'k') + "ey",
};

TEST(SecretFinderTest, FindsEveryForm) {
  for (const std::string& secret : kSecrets) {
    const SecretFinder finder({secret, "another secret"});
    for (const Form& form : Forms()) {
      const std::string written = form.write(secret);
      for (const auto& [before, after] : kAround) {
        SCOPED_TRACE(Concat(form.name, " of ", secret.substr(0, 40), " in ", before, "_", after));
        const std::string clean = finder.Without(before + written + after);
        ASSERT_THAT(clean, HasSubstr("**REDACTED**"));
        EXPECT_THAT(clean, ::testing::StartsWith(before));
        // What is left besides the text around: the marks of a cut, what was encoded along, half a byte.
        EXPECT_LE(clean.size(), before.size() + after.size() + sizeof("**REDACTED**") + 12);
      }
    }
  }
}

TEST(SecretFinderTest, EightBytesAreEnoughForAForm) {
  const std::string secret = "8-bytes/";
  for (const std::string& written : {JsonString(secret), EachByte(secret, "\\u%04x"), EachByte(secret, "%%%02x"),
                                     EachByte(secret, "&#%u;"), EachByte(secret, "%02X"), Base64Url(secret)}) {
    EXPECT_EQ(Without(written, {secret}), "**REDACTED**") << written;
  }
}

TEST(SecretFinderTest, LeavesOrdinaryTextAlone) {
  const std::vector<std::string> secrets = {"dapi0123456789abcdef", "https://user:pass-word@h.example/x", "seven77",
                                            "/home/me/keys/service.json"};
  for (const std::string& text : {
           std::string("dapi012 and bcdef"),        // less than 8 of it
           std::string("dapi01234 is a"),           // this is 9, below
           std::string("xdapi0123456x"),            // no word ends there
           std::string("https://ws.example/api"),   // the beginning of an address
           std::string("/home/me/.databrickscfg"),  // of a path
           std::string("the file service-json"),    //
           PercentEncode("seven77") + "x" + EachByte("seven77", "%%%02x"),
           Base64("seven77"),
           EachByte("seven77", "%02x"),
           std::string("even77"),
           std::string("\\u00 %4 &#; ===="),
       }) {
    const std::string expected = text.rfind("dapi01234", 0) == 0  ? "**REDACTED** is a"
                                 : text.rfind("seven77x", 0) == 0 ? "**REDACTED**x" + text.substr(8)
                                                                  : text;
    EXPECT_EQ(Without(text, secrets), expected);
  }
}

// A search that tries again at each place would not come to an end in the time that a test has.
TEST(SecretFinderTest, ReadsLongTextsOnce) {
  const std::string secret = std::string(100'000, 'a') + "b";
  const SecretFinder finder({secret, std::string(50'000, 'a') + "c", "echo-canary"});
  EXPECT_EQ(finder.Without(std::string(300'000, 'a') + "b"), std::string(200'000, 'a') + "**REDACTED**");
  std::string echoes;
  while (echoes.size() < 500'000) echoes += "echo-canary,";
  EXPECT_THAT(finder.Without(echoes), Not(HasSubstr("echo")));
}

}  // namespace
}  // namespace tfcpp::rest
