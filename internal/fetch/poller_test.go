package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vigil/internal/fault"
	"vigil/internal/fetch/address"
)

// wire answers in place of the network, so that the clock of a bubble can run.
type wire struct {
	mu    sync.Mutex
	asked []time.Time
	do    func(r *http.Request) (*http.Response, error)
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.asked = append(w.asked, time.Now())
	do := w.do
	w.mu.Unlock()
	return do(r)
}

// count is how often it was asked.
func (w *wire) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked)
}

// answer replaces what answers.
func (w *wire) answer(do func(r *http.Request) (*http.Response, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.do = do
}

func reply(status int, body string, header ...string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r}, nil
	}
}

func sourceFor(t *testing.T, name string, every time.Duration) Source {
	t.Helper()
	a, err := address.Parse("https://example.org/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return Source{Name: name, Dir: filepath.Join(t.TempDir(), name), URL: a, Every: every}
}

// polling runs a poller in a bubble while during runs, and returns what Run did.
func polling(t *testing.T, w *wire, change func(*Options), during func(p *Poller)) {
	t.Helper()
	o := Options{Run: "run-1", Now: time.Now, Fraction: func() float64 { return 0.5 }, transport: w}
	if change != nil {
		change(&o)
	}
	p := New(o)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	during(p)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// pauses are the times between the requests, the first counted from begin.
func pauses(begin time.Time, asked []time.Time) []time.Duration {
	var list []time.Duration
	for _, at := range asked {
		list = append(list, at.Sub(begin))
		begin = at
	}
	return list
}

func equal(a, b []time.Duration) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestRhythm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{do: reply(200, "feed")}
		begin := time.Now()
		polling(t, w, nil, func(p *Poller) {
			p.Set([]Source{sourceFor(t, "north", time.Minute)})
			time.Sleep(3*time.Minute + 10*time.Second)
		})
		if got, want := pauses(begin, w.asked), []time.Duration{time.Second, time.Minute, time.Minute, time.Minute}; !equal(got, want) {
			t.Errorf("asked after %v, want %v", got, want)
		}
	})
}

// A source that fails is asked again sooner, then ever later, and when it is well again as usual.
func TestBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{do: reply(500, "")}
		begin := time.Now()
		polling(t, w, nil, func(p *Poller) {
			p.Set([]Source{sourceFor(t, "north", time.Minute)})
			time.Sleep(20 * time.Minute)
			synctest.Wait()
			w.answer(reply(200, "feed"))
			time.Sleep(7 * time.Minute)
		})
		s, m := time.Second, time.Minute
		want := []time.Duration{s, 30 * s, m, 2 * m, 4 * m, 5 * m, 5 * m, 5 * m, m, m, m}
		if got := pauses(begin, w.asked); !equal(got[:min(len(got), len(want))], want) {
			t.Errorf("asked after %v, want %v", got, want)
		}
	})
}

// What is asked seldom is not asked seldom for having failed once.
func TestBackoffOfASlowSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{do: reply(500, "")}
		begin := time.Now()
		polling(t, w, nil, func(p *Poller) {
			p.Set([]Source{sourceFor(t, "north", 6*time.Hour)})
			time.Sleep(24 * time.Hour)
		})
		got := pauses(begin, w.asked)
		if len(got) != 13 || got[1] != 30*time.Second || got[9] != 30*time.Second<<8 || got[10] != 30*time.Second<<9 || got[11] != 6*time.Hour || got[12] != 6*time.Hour {
			t.Errorf("%d: %v", len(got), got)
		}
	})
}

func TestJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fractions := []float64{0, 0, 1, 0.25}
		w := &wire{do: reply(200, "feed")}
		begin := time.Now()
		polling(t, w, func(o *Options) {
			o.Fraction = func() float64 {
				f := fractions[0]
				fractions = append(fractions[1:], f)
				return f
			}
		}, func(p *Poller) {
			p.Set([]Source{sourceFor(t, "north", 100*time.Second)})
			time.Sleep(300 * time.Second)
		})
		if got, want := pauses(begin, w.asked), []time.Duration{0, 90 * time.Second, 110 * time.Second, 95 * time.Second}; !equal(got, want) {
			t.Errorf("asked after %v, want %v", got, want)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		value  func(now time.Time) string
		want   time.Duration
	}{
		"seconds":              {429, func(time.Time) string { return "120" }, 2 * time.Minute},
		"a date":               {503, func(now time.Time) string { return now.Add(3 * time.Minute).UTC().Format(http.TimeFormat) }, 3 * time.Minute},
		"a date of the past":   {503, func(now time.Time) string { return now.Add(-time.Hour).UTC().Format(http.TimeFormat) }, 30 * time.Second},
		"sooner than it turns": {429, func(time.Time) string { return "1" }, 30 * time.Second},
		"for ever":             {429, func(time.Time) string { return "2000000000" }, time.Hour},
		"beyond all numbers":   {429, func(time.Time) string { return "99999999999999999999" }, 30 * time.Second},
		"negative":             {429, func(time.Time) string { return "-5" }, 30 * time.Second},
		"a word":               {429, func(time.Time) string { return "later" }, 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{}
				w.do = func(r *http.Request) (*http.Response, error) {
					return reply(tt.status, "", "Retry-After", tt.value(time.Now()))(r)
				}
				polling(t, w, nil, func(p *Poller) {
					p.Set([]Source{sourceFor(t, "north", time.Minute)})
					time.Sleep(tt.want + 20*time.Second)
				})
				first := w.asked[0]
				i := 1
				for i < len(w.asked) && w.asked[i].Sub(first) < 5*time.Second { // a 503 without a time is asked again at once
					i++
				}
				if i == len(w.asked) || w.asked[i].Sub(first) < tt.want || w.asked[i].Sub(first) > tt.want+5*time.Second {
					t.Errorf("asked at %v, want a pause of %v", pauses(first, w.asked), tt.want)
				}
			})
		})
	}
}

// What a server asked for holds after a restart, too.
func TestRetryAfterIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{do: reply(429, "", "Retry-After", "600")}
		s := sourceFor(t, "north", time.Minute)
		run := func(p *Poller) {
			p.Set([]Source{s})
			time.Sleep(2 * time.Minute)
		}
		polling(t, w, nil, run)
		polling(t, w, nil, run)
		if len(w.asked) != 1 {
			t.Errorf("asked %d times: %v", len(w.asked), w.asked)
		}
	})
}

func TestNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{do: reply(200, "feed")}
		polling(t, w, nil, func(p *Poller) {
			if err := p.Now("north"); !errors.Is(err, ErrUnknown) {
				t.Errorf("before it is polled: %v", err)
			}
			p.Set([]Source{sourceFor(t, "north", time.Hour)})
			time.Sleep(5 * time.Second)
			if err := p.Now("north"); !errors.Is(err, ErrTooSoon) || !strings.Contains(err.Error(), "wait 7 s") {
				t.Errorf("4 s later: %v", err)
			}
			time.Sleep(time.Minute)
			if err := p.Now("north"); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Second)
		})
		if len(w.asked) != 2 {
			t.Errorf("asked %d times", len(w.asked))
		}
	})
}

// A new list leaves alone what has not changed, and two never write into one directory.
func TestSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{do: reply(200, "feed")}
		polling(t, w, nil, func(p *Poller) {
			north, south := sourceFor(t, "north", time.Hour), sourceFor(t, "south", time.Hour)
			p.Set([]Source{north, south})
			time.Sleep(5 * time.Second)
			synctest.Wait()
			p.Set([]Source{north, south})
			time.Sleep(5 * time.Second)
			synctest.Wait()
			if w.count() != 2 {
				t.Errorf("the same list: asked %d times", w.count())
			}
			south.Version = "2"
			p.Set([]Source{south})
			time.Sleep(5 * time.Second)
			synctest.Wait()
			if w.count() != 3 {
				t.Errorf("one changed, one gone: asked %d times", w.count())
			}
			if err := p.Now("north"); !errors.Is(err, ErrUnknown) {
				t.Errorf("a source that is gone: %v", err)
			}
			time.Sleep(3 * time.Hour)
			synctest.Wait()
			if w.count() < 5 || w.count() > 6 {
				t.Errorf("three hours later: asked %d times", w.count())
			}
		})
	})
}

// A poll under way when the desk is closed is no failure of the source, and leaves what is kept as it is.
func TestClosedInTheMiddle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{do: reply(200, "feed", "ETag", "1")}
		s := sourceFor(t, "north", time.Minute)
		polling(t, w, nil, func(p *Poller) {
			p.Set([]Source{s})
			time.Sleep(30 * time.Second)
			synctest.Wait()
			w.answer(func(r *http.Request) (*http.Response, error) {
				<-r.Context().Done()
				return nil, r.Context().Err()
			})
			time.Sleep(32 * time.Second)
		})
		m, err := Read(s.Dir)
		if err != nil || m.Failure != "" || !m.Attempted.Equal(m.Succeeded) || m.Answer.ETag != "1" {
			t.Errorf("%+v, %v", m, err)
		}
	})
}

// A fault in what looks at an answer ends the poller with a place and without the answer.
func TestFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sourceFor(t, "north", time.Minute)
		s.Inspect = func(body []byte) ([]Pointer, error) { panic(string(body)) }
		p := New(Options{Now: time.Now, transport: &wire{do: reply(200, canary)}})
		p.Set([]Source{s})
		err := p.Run(t.Context())
		var f *fault.Error
		if !errors.As(err, &f) || strings.Contains(err.Error(), canary) {
			t.Errorf("%v", err)
		}
	})
}

func TestTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []Meta
		w := &wire{do: reply(200, "feed")}
		polling(t, w, func(o *Options) {
			o.Tell = func(_ context.Context, _ string, m Meta) { told = append(told, m) }
		}, func(p *Poller) {
			p.Set([]Source{sourceFor(t, "north", time.Minute)})
			time.Sleep(70 * time.Second)
		})
		if len(told) != 3 || told[0].Has() || !told[1].Has() || told[2].Confirmed.IsZero() || told[2].Next.Sub(told[2].Attempted) != time.Minute || told[2].Run != "run-1" {
			t.Errorf("%+v", told)
		}
	})
}
