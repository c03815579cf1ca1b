package notify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"vigil/internal/duty"
	"vigil/internal/fetch/address"
	"vigil/internal/notify/channel"
	"vigil/internal/safetext"
)

// canary stands in each secret, and must never come back in anything that is shown.
const canary = "s3cr3tCanary42"

func env(vars ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i < len(vars); i += 2 {
			if vars[i] == name {
				return vars[i+1], true
			}
		}
		return "", false
	}
}

func webhook(name string) channel.Channel {
	c := channel.Default()
	c.Name, c.Kind, c.URL = "lead", channel.Webhook, address.Secret{Env: name}
	return c
}

// transport plays the servers of the services.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(status int, body string) transport {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Status: http.StatusText(status), Body: io.NopCloser(strings.NewReader(body)), Header: http.Header{}, Request: r, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}, nil
	}
}

func test(t *testing.T, c channel.Channel, o Options) (string, error) {
	t.Helper()
	if o.Clock == nil {
		o.Clock = func() time.Time { return time.Date(2026, 11, 27, 3, 0, 0, 0, time.UTC) }
	}
	return Test(t.Context(), &c, o, nil)
}

func TestAWebhookGetsTheText(t *testing.T) {
	got := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- r.Method + " " + r.URL.Path + " " + string(body)
	}))
	defer server.Close()
	url := "generic://" + strings.TrimPrefix(server.URL, "http://") + "/hooks/" + canary + "?disabletls=yes"
	text, err := test(t, webhook("HOOK"), Options{Lookup: env("HOOK", url), Desk: safetext.Const("Sahel desk"), Exercise: true})
	if err != nil {
		t.Fatal(err)
	}
	const want = "EXERCISE TEST HIGH A0: a test of channel lead, no alarm. Rang 2026-11-27 03:00Z, 0s ago. Sahel desk"
	if text != want {
		t.Errorf("%q, want %q", text, want)
	}
	if g := <-got; g != "POST /hooks/"+canary+" "+want {
		t.Errorf("the server got %q", g)
	}
}

func TestASecretFromAFileIsReadAnew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "secrets", "hook")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	var hosts []string
	o := Options{Dir: dir, transport: func() transport {
		return func(r *http.Request) (*http.Response, error) {
			hosts = append(hosts, r.URL.Host)
			return answer(200, "")(r)
		}
	}()}
	c := channel.Default()
	c.Name, c.Kind, c.URL = "lead", channel.Webhook, address.Secret{File: "secrets/hook"}
	for _, host := range []string{"one.example", "two.example"} {
		if err := os.WriteFile(path, []byte("generic://"+host+"/x\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := test(t, c, o); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Join(hosts, " ") != "one.example two.example" {
		t.Errorf("asked %q", hosts)
	}
}

// TestNoErrorHoldsTheURL goes through services, and through ways to fail, with a canary wherever a secret can stand.
func TestNoErrorHoldsTheURL(t *testing.T) {
	urls := map[string]string{
		"generic":         "generic://example.org/hooks/" + canary + "?k=" + canary,
		"generic, custom": "generic+https://example.org/hooks/" + canary,
		"ntfy":            "ntfy://user:" + canary + "@ntfy.example/topic" + canary,
		"slack":           "slack://hook:" + "T00000000-B00000000-" + canary + "abcdefghij@webhook",
		"discord":         "discord://" + canary + "@1234567890",
		"telegram":        "telegram://110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw@telegram?chats=@" + canary,
		"gotify":          "gotify://gotify.example/A" + canary,
		"pushover":        "pushover://shoutrrr:" + canary + "@" + canary + "/",
		"mattermost":      "mattermost://m.example/" + canary,
		"rocketchat":      "rocketchat://r.example/" + canary + "/" + canary,
		"opsgenie":        "opsgenie://api.opsgenie.com/" + canary,
		"pushbullet":      "pushbullet://" + canary,
		"matrix":          "matrix://user:" + canary + "@matrix.example/?rooms=!" + canary,
		"bark":            "bark://:" + canary + "@bark.example",
		"twilio":          "twilio://AC" + canary + ":" + canary + "@+15550100/+15550101",
		"unknown":         "carrierpigeon://" + canary,
		"no URL":          "::" + canary + "%zz",
		"no host":         "slack://" + canary,
		"logger":          "logger://" + canary,
	}
	failures := map[string]transport{
		"refused": answer(http.StatusUnauthorized, `{"error":"`+canary+`"}`),
		"broken":  answer(http.StatusBadGateway, canary),
		"no JSON": answer(http.StatusOK, canary+"<html>"),
		"away":    answer(http.StatusFound, ""),
		"network": func(r *http.Request) (*http.Response, error) {
			return nil, errors.New("dial tcp: lookup " + canary + ": " + r.URL.String())
		},
		"panics": func(*http.Request) (*http.Response, error) { panic(canary) },
	}
	synctest.Test(t, func(t *testing.T) { // some services wait and try again by themselves
		for kind, url := range urls {
			for how, transport := range failures {
				_, err := test(t, webhook("HOOK"), Options{Lookup: env("HOOK", url), transport: transport})
				if err != nil && (strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "AAHdq")) {
					t.Errorf("%s, %s: the error holds the secret: %v", kind, how, err)
				}
				if err == nil && how != "no JSON" {
					t.Errorf("%s, %s: no error", kind, how)
				}
			}
		}
		time.Sleep(channel.MaxTimeout) // those left behind end
	})
}

func TestWordsOfFailures(t *testing.T) {
	for _, c := range []struct{ url, want string }{
		{"carrierpigeon://x", "names no service that is known"},
		{"logger://", "sends nothing"},
		{"slack://x", "is none that its service takes"},
		{"", "HOOK is not set"},
	} {
		if _, err := test(t, webhook("HOOK"), Options{Lookup: env("HOOK", c.url)}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.url, err, c.want)
		}
	}
	o := Options{Lookup: env("HOOK", "generic://example.org/x"), transport: answer(http.StatusTooManyRequests, "")}
	if _, err := test(t, webhook("HOOK"), o); err == nil || err.Error() != "the service answered 429 Too Many Requests" {
		t.Error(err)
	}
}

func TestARedirectToAnotherServerIsNotFollowed(t *testing.T) {
	var asked []string
	o := Options{Lookup: env("HOOK", "generic://example.org/"+canary), transport: transport(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.Host)
		a, _ := answer(http.StatusTemporaryRedirect, "")(r)
		a.Header.Set("Location", "https://elsewhere.example/")
		return a, nil
	})}
	if _, err := test(t, webhook("HOOK"), o); err == nil || !strings.Contains(err.Error(), "307") {
		t.Error(err)
	}
	if len(asked) != 1 {
		t.Errorf("asked %q", asked)
	}
}

func TestAWebhookThatHangsIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := webhook("HOOK")
		o := Options{Clock: time.Now, Lookup: env("HOOK", "generic://example.org/x"), transport: transport(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}
		began := time.Now()
		if _, err := test(t, c, o); err == nil || err.Error() != "the service did not answer within 15s" {
			t.Error(err)
		}
		if took := time.Since(began); took != c.Timeout {
			t.Errorf("took %s", took)
		}
	})
}

// TestTriesLeftBehindAreFew: a service that takes no context is given up, and not asked again for ever while it hangs.
func TestTriesLeftBehindAreFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var asked atomic.Int32
		n := New(nil, Options{Clock: time.Now, Lookup: env("HOOK", "generic://example.org/x"), transport: transport(func(r *http.Request) (*http.Response, error) {
			asked.Add(1)
			<-release
			return nil, context.Canceled
		})})
		c := webhook("HOOK")
		var errs []string
		for range maxSlow + 2 {
			errs = append(errs, n.try(t.Context(), &c, &Message{Text: "x"}).Error())
		}
		if asked.Load() != maxSlow || !strings.Contains(errs[maxSlow], "hang in the service") {
			t.Errorf("asked %d times: %q", asked.Load(), errs)
		}
		close(release)
		synctest.Wait()
		n.o.transport = answer(http.StatusOK, "")
		if err := n.try(t.Context(), &c, &Message{Text: "x"}); err != nil {
			t.Error(err)
		}
	})
}

func TestARestrictedIncidentSaysNothing(t *testing.T) {
	a := &duty.Alarm{ID: "e1", Number: 17, Severity: duty.Critical, Raised: time.Unix(0, 0), Came: time.Unix(0, 0), Raise: &duty.Raise{
		Rule: canary, Words: duty.Words(canary), Country: canary, Source: canary, Unsure: true, Due: time.Unix(9, 0),
		Incident: duty.Name{Authority: duty.Words(canary), ID: duty.Words(canary)},
	}}
	m := messageOf(a, form{Restricted: true}, &Options{}, time.Unix(240, 0))
	if strings.Contains(m.Text+string(m.JSON), canary) || !strings.HasPrefix(m.Text, "CRITICAL A17: cannot exclude: Restricted incident. Rang 1970-01-01 00:00Z, 4m ago.") {
		t.Errorf("%s\n%s", m.Text, m.JSON)
	}
	if m = messageOf(a, form{}, &Options{}, time.Unix(240, 0)); strings.Count(string(m.JSON), canary) != 7 {
		t.Errorf("%s", m.JSON)
	}
}

func TestAMessageIsOneLineAndSafe(t *testing.T) {
	a := &duty.Alarm{ID: "e1", Number: 1, Severity: duty.High, Raise: &duty.Raise{Words: duty.Words("cannot exclude: \x1b[2Jone\ntwo\u202e."), Unsure: true}, Cleared: time.Unix(60, 0), Raised: time.Unix(0, 0), Came: time.Unix(30, 0)}
	got := messageOf(a, form{}, &Options{}, time.Unix(240, 0)).Text
	const want = "HIGH A1: cannot exclude: <U+001B>[2Jone two<U+202E>. Rang 1970-01-01 00:00Z, 3m ago. First at 1970-01-01 00:00Z. Over since 00:01Z."
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
