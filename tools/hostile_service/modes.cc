#include "modes.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

#include "tfcpp/base/strings.h"

namespace hostile {
namespace {

using tfcpp::Concat;

constexpr char kJson[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
constexpr int kSlowMs = 20;

// What a smuggled answer says; it must reach nobody.
constexpr char kSmuggled[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 59\r\n\r\n"
    R"({"webhooks": [], "webhook": {"id": "smuggled"}, "token": 1})";

// Until the client has had enough.
bool Forever(Peer& peer, std::string_view text) {
  constexpr std::size_t kAtOnce = 64u << 10;
  std::string block(text);
  while (block.size() < kAtOnce) block += text;
  while (peer.Send(block)) {
  }
  return false;
}

bool Slowly(Peer& peer, std::string_view text) {
  while (peer.Send(text) && peer.StaysFor(kSlowMs)) {
  }
  return false;
}

std::string Redirect(int status, std::string_view where) {
  return Concat("HTTP/1.1 ", std::to_string(status), " Elsewhere\r\nLocation: ", where,
                "\r\nContent-Length: 0\r\n\r\n");
}

// Deflated so that it can follow itself, or something else that was.
std::string Deflate(const std::string& text) {
  z_stream stream{};
  constexpr int kRaw = -15;
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kRaw, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
  constexpr std::size_t kMark = 64;  // more than the mark of a flush takes
  std::string packed(deflateBound(&stream, text.size()) + kMark, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FULL_FLUSH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

// A gzip stream without end: its begin, and what then comes again and again.
struct Bomb {
  std::string begin;
  std::string more;
};

Bomb MakeBomb(int layers) {
  const std::string head("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  constexpr std::size_t kMebibyte = 1u << 20;
  Bomb bomb{head, Deflate(std::string(kMebibyte, ' '))};
  for (int layer = 1; layer < layers; ++layer) bomb = {head + Deflate(bomb.begin), Deflate(bomb.more)};
  return bomb;
}

bool PlayBomb(Peer& peer, int layers, int layers_said) {
  const Bomb bomb = MakeBomb(layers);
  std::string encoding = "gzip";
  for (int layer = 1; layer < layers_said; ++layer) encoding += ", gzip";
  return peer.Send(Concat(kJson, "Content-Encoding: ", encoding, "\r\n\r\n", bomb.begin)) && Forever(peer, bomb.more);
}

const std::vector<Mode> kModes = {
    {"honest", "what an honest service answers",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at)); }},

    {"redirect_elsewhere", "302 to another address, for reads and writes",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(Redirect(302, at.elsewhere + r.path)); }},
    {"redirect_with_body", "307 to another address, which asks to send the body along",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(Redirect(307, at.elsewhere + r.path)); }},
    {"redirect_for_good", "308 to another address",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(Redirect(308, at.elsewhere + r.path)); }},
    {"redirect_loop", "302 to the same address, for ever",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(Redirect(302, at.url + r.path)); }},
    {"redirect_to_clear", "302 from https to http",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(Redirect(302, at.elsewhere + r.path)); },
     Tls::kGood},
    {"redirect_to_file", "302 to a file of the machine",
     [](Peer& p, const Request&, const Place&) { return p.Send(Redirect(302, "file:///etc/passwd")); }},
    {"redirect_in_page", "200 with a page that sends a browser elsewhere",
     [](Peer& p, const Request& r, const Place& at) {
       const std::string page =
           Concat("<html><meta http-equiv=\"refresh\" content=\"0; url=", at.elsewhere, r.path, "\">");
       return p.Send(Concat("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nRefresh: 0; url=", at.elsewhere, r.path,
                            "\r\nContent-Length: ", std::to_string(page.size()), "\r\n\r\n", page));
     }},

    {"endless_body", "a body without length and end",
     [](Peer& p, const Request&, const Place&) { return p.Send(Concat(kJson, "\r\n")) && Forever(p, " "); }},
    {"endless_chunks", "chunks without end",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Transfer-Encoding: chunked\r\n\r\n")) &&
              Forever(p, Concat("400\r\n", std::string(0x400, ' '), "\r\n"));
     }},
    {"huge_length", "a body of 10^18 bytes, as it says",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Content-Length: 1000000000000000000\r\n\r\n")) && Forever(p, " ");
     }},
    {"error_endless_body", "a refusal with a body without end",
     [](Peer& p, const Request&, const Place&) {
       return p.Send("HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\n\r\n") && Forever(p, " ");
     }},

    {"gzip_bomb", "a few bytes that unpack to a body without end",
     [](Peer& p, const Request&, const Place&) { return PlayBomb(p, 1, 1); }},
    {"gzip_bomb_in_layers", "the same, packed three times",
     [](Peer& p, const Request&, const Place&) { return PlayBomb(p, 3, 3); }},
    {"gzip_many_layers", "said to be packed a hundred times",
     [](Peer& p, const Request&, const Place&) { return PlayBomb(p, 1, 100); }},
    {"gzip_cut", "a packed answer that ends in its midst",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Content-Encoding: gzip\r\n\r\n", MakeBomb(1).begin)) && false;
     }},
    {"gzip_garbage", "something said to be packed that is not",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Content-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip"));
     }},

    {"endless_headers", "header lines without end",
     [](Peer& p, const Request&, const Place&) {
       return p.Send("HTTP/1.1 200 OK\r\n") && Forever(p, "X-Filler: filler filler filler filler\r\n");
     }},
    {"endless_header_line", "one header line without end",
     [](Peer& p, const Request&, const Place&) { return p.Send("HTTP/1.1 200 OK\r\nX-Filler: ") && Forever(p, " "); }},
    {"endless_interim_answers", "100 Continue, for ever",
     [](Peer& p, const Request&, const Place&) { return Forever(p, "HTTP/1.1 100 Continue\r\n\r\n"); }},
    {"endless_trailers", "an honest body in chunks, then trailers without end",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")) &&
              Forever(p, "X-Filler: filler filler filler filler\r\n");
     }},

    {"two_answers", "an honest answer and a forged one behind it, for the next request to take",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at) + kSmuggled); }},
    {"two_lengths", "two different lengths",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Content-Length: 2\r\nContent-Length: 61\r\n\r\n{}", kSmuggled)) && false;
     }},
    {"negative_length", "a length below zero",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Content-Length: -1\r\n\r\n", kSmuggled)) && false;
     }},
    {"chunk_of_garbage", "chunks whose size is no number",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Transfer-Encoding: chunked\r\n\r\nzz\r\n", kSmuggled)) && false;
     }},
    {"chunk_too_large", "a chunk whose size does not fit into 64 bits",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Transfer-Encoding: chunked\r\n\r\n1ffffffffffffffff\r\n", kSmuggled)) && false;
     }},
    {"short_body", "less than its length says",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(Concat(kJson, "Content-Length: 1000\r\n\r\n{\"webhooks\": []")) && false;
     }},
    {"no_headers", "a body without any head, as before HTTP/1.0",
     [](Peer& p, const Request&, const Place&) { return p.Send(R"({"webhooks": []})") && false; }},
    {"other_protocol", "the greeting of another protocol",
     [](Peer& p, const Request&, const Place&) { return p.Send("SSH-2.0-OpenSSH_9.2p1\r\n") && false; }},
    {"upgrade", "101, to a protocol that nobody asked for",
     [](Peer& p, const Request&, const Place&) {
       return p.Send("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nPRI * HTTP/2.0\r\n\r\n") &&
              false;
     }},
    {"no_status", "a status line without a status",
     [](Peer& p, const Request&, const Place&) { return p.Send("HTTP/1.1 OK fine\r\n\r\n{}") && false; }},
    {"zero_bytes", "zero bytes in the head",
     [](Peer& p, const Request&, const Place&) {
       return p.Send(std::string("HTTP/1.1 200 OK\r\nX-\0Zero: \0\r\nContent-Length: 2\r\n\r\n{}", 52)) && false;
     }},

    {"silent", "nothing, for ever",
     [](Peer& p, const Request&, const Place&) {
       p.AwaitClose();
       return false;
     }},
    {"slow_head", "a byte of the head now and then",
     [](Peer& p, const Request&, const Place&) { return p.Send("HTTP/1.1 200 OK\r\nX-Slow: ") && Slowly(p, "y"); }},
    {"slow_body", "a byte of the body now and then",
     [](Peer& p, const Request&, const Place&) { return p.Send(Concat(kJson, "\r\n")) && Slowly(p, " "); }},
    {"half_an_answer", "half of an honest answer, then nothing",
     [](Peer& p, const Request& r, const Place& at) {
       const std::string answer = HonestAnswer(r, at);
       p.Send(answer.substr(0, answer.size() - 1));
       p.AwaitClose();
       return false;
     }},

    {"clock_of_1970", "honest answers of 1970",
     [](Peer& p, const Request& r, const Place& at) {
       return p.Send(HonestAnswer(r, at, "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"));
     }},
    {"clock_of_2199", "honest answers of 2199",
     [](Peer& p, const Request& r, const Place& at) {
       return p.Send(HonestAnswer(r, at, "Date: Thu, 31 Dec 2199 23:59:59 GMT\r\n"));
     }},
    {"clock_of_garbage", "honest answers with a date that is none",
     [](Peer& p, const Request& r, const Place& at) {
       return p.Send(HonestAnswer(r, at, "Date: Thu, 99 Foo -1 99:99:99 GMT\r\n"));
     }},

    {"self_signed", "a certificate of its own",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at)); }, Tls::kSelfSigned},
    {"expired", "a certificate that has expired",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at)); }, Tls::kExpired},
    {"not_yet_valid", "a certificate of tomorrow",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at)); }, Tls::kNotYetValid},
    {"other_name", "a certificate for another host",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at)); }, Tls::kOtherName},
    {"old_tls", "TLS 1.0", [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at)); },
     Tls::kOldVersion},
    {"no_certificate", "TLS without any certificate",
     [](Peer& p, const Request& r, const Place& at) { return p.Send(HonestAnswer(r, at)); }, Tls::kNoCertificate},
};

}  // namespace

const std::vector<Mode>& Modes() {
  static const std::vector<Mode> all = [] {
    std::vector<Mode> modes = kModes;
    for (std::vector<Mode> (*more)() : {RetryModes, AnswerModes, EchoModes}) {
      for (Mode& mode : more()) modes.push_back(std::move(mode));
    }
    return modes;
  }();
  return all;
}

const Mode* FindMode(const std::string& name) {
  const auto found = std::find_if(Modes().begin(), Modes().end(), [&](const Mode& mode) { return name == mode.name; });
  return found == Modes().end() ? nullptr : &*found;
}

}  // namespace hostile
