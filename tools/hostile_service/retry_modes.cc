// Modes that ask to be called again: at once, never, or page after page.
#include <cstdlib>

#include "modes.h"
#include "tfcpp/base/strings.h"

namespace hostile {
namespace {

using tfcpp::Concat;

constexpr char kNow[] = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";

Mode Busy(std::string_view name, std::string_view retry_after, int status = 429) {
  const std::string headers = retry_after.find('\n') != retry_after.npos ? std::string(retry_after)
                                                                         : Concat("Retry-After: ", retry_after, "\r\n");
  return {Concat("retry_after_", name), Concat("busy, Retry-After: ", retry_after),
          [=](Peer& peer, const Request&, const Place&) {
            return peer.Send(Answer(status, R"({"error_code": "REQUEST_LIMIT_EXCEEDED", "message": "busy"})",
                                    Concat(kNow, headers)));
          }};
}

// Honest but for listings.
template <class Play>
Mode ListingMode(const char* name, const char* what, Play play) {
  return {name, what, [=](Peer& peer, const Request& request, const Place& place) {
            if (!request.Is("/list")) return peer.Send(HonestAnswer(request, place));
            return play(peer, request, place);
          }};
}

// Behind "page_token=": how many pages there were.
int PagesBefore(const Request& request) {
  const std::size_t at = request.head.find("page_token=p");
  return at == std::string::npos ? 0 : std::atoi(request.head.c_str() + at + 12);
}

std::string NextPage(const Request& request, std::string_view webhooks) {
  return Answer(200, Concat(R"({"webhooks": )", webhooks, R"(, "next_page_token": "p)",
                            std::to_string(PagesBefore(request) + 1), "\"}"));
}

}  // namespace

std::vector<Mode> RetryModes() {
  return {
      Busy("0", "0"),
      Busy("0_of_503", "0", 503),
      Busy("minus", "-1"),
      Busy("past", "Sun, 06 Nov 1994 08:49:36 GMT"),
      Busy("now", "Sun, 06 Nov 1994 08:49:37 GMT"),
      Busy("garbage", "soon"),
      Busy("empty", ""),
      Busy("fraction", "0.001"),
      Busy("exponent", "1e0"),
      Busy("rfc850", "Sunday, 06-Nov-94 08:50:07 GMT"),
      Busy("rfc850_past", "Sunday, 06-Nov-94 08:49:07 GMT"),
      Busy("asctime", "Sun Nov  6 08:50:07 1994"),
      Busy("asctime_past", "Sun Nov  6 08:49:07 1994"),
      Busy("no_such_date", "Sun, 99 Nov 1994 99:99:99 GMT"),
      Busy("two", "Retry-After: 0\r\nRetry-After: 5\r\n"),
      Busy("two_dates", "Retry-After: -1\r\nDate: Sun, 06 Nov 2094 08:49:37 GMT\r\nRetry-After: 0\r\n"),
      Busy("20", "20"),
      Busy("1e18", "1000000000000000000"),
      Busy("1e30", "1000000000000000000000000000000"),
      Busy("year_9999", "Fri, 31 Dec 9999 23:59:59 GMT"),

      ListingMode("listing_endless", "pages with a webhook each, for ever",
                  [](Peer& peer, const Request& request, const Place& place) {
                    const std::string honest = HonestBody(request, place);
                    return peer.Send(
                        NextPage(request, honest.substr(honest.find('['), honest.rfind(']') + 1 - honest.find('['))));
                  }),
      ListingMode("listing_of_empty_pages", "pages with nothing in them, for ever",
                  [](Peer& peer, const Request& request, const Place&) { return peer.Send(NextPage(request, "[]")); }),
      ListingMode("listing_in_a_circle", "the same page, for ever",
                  [](Peer& peer, const Request&, const Place&) {
                    return peer.Send(Answer(200, R"({"webhooks": [], "next_page_token": "again"})"));
                  }),
      ListingMode("listing_slow", "a byte of a listing now and then",
                  [](Peer& peer, const Request& request, const Place& place) {
                    for (const char c : HonestAnswer(request, place)) {
                      constexpr int kSlowMs = 20;
                      if (!peer.Send({&c, 1}) || !peer.StaysFor(kSlowMs)) return false;
                    }
                    return true;
                  }),
  };
}

}  // namespace hostile
