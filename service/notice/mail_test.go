package notice_test

import (
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/service/notice"
)

// clock is a time that tests set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func open(t *testing.T, url string) (*store.Store, *clock) {
	t.Helper()
	c := &clock{at: time.Date(2023, 11, 20, 1, 0, 0, 0, time.UTC)}
	s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL", Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, c
}

// queue names n deputies to an account with an address, which queues n mails.
func queue(t *testing.T, s *store.Store, n int, address string) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *store.Tx) error {
		a := model.Account{Login: "li", Name: "李某", Email: address}
		if err := tx.AddAccount(&a); err != nil {
			return err
		}
		for range n {
			d := model.Deputy{ID: s.NextID(), DeputyID: a.ID, Reason: "出差"}
			if err := (notice.Writer{Mail: true}).DeputyNamed(tx, d, model.Account{Login: "wang", Name: "王某"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (p *postOffice) smtp(security string) notice.SMTP {
	s := notice.SMTP{Host: p.host, Port: p.port, Security: security, From: "biaochi@example.org", TLS: p.client}
	if p.user != "" {
		s.User, s.Password = p.user, "secret"
	}
	return s
}

func once(t *testing.T, m *notice.Mailer) bool {
	t.Helper()
	tried, err := m.Once(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tried
}

func mails(t *testing.T, s *store.Store) (list []model.Mail) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = tx.Mails()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A mail reaches a server in each of the ways, says in Chinese what it is about, and
// goes once.
func TestMailReachesAServer(t *testing.T) {
	for _, c := range []struct {
		name, security, user string
		implicit             bool
	}{{"plain", notice.Plain, "", false}, {"starttls with login", notice.StartTLS, "bot", false}, {"tls with login", notice.TLS, "bot", true}} {
		t.Run(c.name, func(t *testing.T) {
			s, clock := open(t, "sqlite:"+t.TempDir()+"/x.db")
			p := openPostOffice(t, c.implicit, c.user)
			queue(t, s, 1, "li@example.org")
			m := notice.NewMailer(s, p.smtp(c.security), clock.now)
			if !once(t, m) || once(t, m) {
				t.Error("not tried once")
			}
			got := p.letters()
			if len(got) != 1 {
				t.Fatalf("%d letters, %+v", len(got), mails(t, s))
			}
			l := got[0]
			if l.to != "TO:<li@example.org>" || !strings.Contains(l.subject(), "【标尺】代理审核通知") ||
				!strings.Contains(l.text, "王某请您代理审核") || l.encrypted != (c.security != notice.Plain) {
				t.Errorf("%+v %s", l, l.subject())
			}
			if id := l.header.Get("Message-ID"); !strings.HasSuffix(id, "@example.org>") {
				t.Errorf("message id %s", id)
			}
		})
	}
}

// A server that refuses is asked again later, less and less often, and not forever; a
// server that can't encrypt gets nothing in the clear.
func TestMailIsTriedAgain(t *testing.T) {
	s, clock := open(t, "sqlite:"+t.TempDir()+"/x.db")
	p := openPostOffice(t, false, "")
	queue(t, s, 1, "li@example.org")
	m := notice.NewMailer(s, p.smtp(notice.StartTLS), clock.now)
	p.refuse(true)
	if !once(t, m) || once(t, m) {
		t.Error("tried again at once")
	}
	if kept := mails(t, s)[0]; kept.SentAt != nil || !strings.Contains(kept.Failure, "come back later") {
		t.Errorf("kept %+v", kept)
	}
	p.refuse(false)
	clock.advance(time.Hour)
	if !once(t, m) || len(p.letters()) != 1 || mails(t, s)[0].SentAt == nil {
		t.Errorf("not sent later: %+v", mails(t, s))
	}
}

func TestMailIsGivenUp(t *testing.T) {
	s, clock := open(t, "sqlite:"+t.TempDir()+"/x.db")
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(dead.Addr().String())
	_ = dead.Close()
	queue(t, s, 1, "li@example.org")
	m := notice.NewMailer(s, notice.SMTP{Host: host, Port: port, Security: notice.Plain, From: "b@example.org"}, clock.now)
	n := 0
	for range 50 {
		if once(t, m) {
			n++
		}
		clock.advance(24 * time.Hour)
	}
	if kept := mails(t, s)[0]; n != 8 || !kept.GaveUp || kept.SentAt != nil {
		t.Errorf("%d tries, %+v", n, kept)
	}
}

// An address can't bring headers or recipients of its own.
func TestHostileAddresses(t *testing.T) {
	for _, address := range []string{"li@example.org\r\nBcc: x@example.org", "li@example.org, x@example.org", "<>", "nobody"} {
		s, clock := open(t, "sqlite:"+t.TempDir()+"/x.db")
		p := openPostOffice(t, false, "")
		queue(t, s, 1, address)
		once(t, notice.NewMailer(s, p.smtp(notice.Plain), clock.now))
		if got := p.letters(); len(got) > 0 {
			t.Errorf("%q reached %+v", address, got)
		}
	}
}

// Two instances over one database send each mail once.
func TestTwoInstancesSendOnce(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s, clock := open(t, url)
		p := openPostOffice(t, false, "")
		const n = 20
		queue(t, s, n, "li@example.org")
		other, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL", Now: clock.now})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = other.Close() }()
		var both sync.WaitGroup
		for _, instance := range []*store.Store{s, other} {
			both.Go(func() {
				m := notice.NewMailer(instance, p.smtp(notice.Plain), clock.now)
				for range 2 * n {
					if _, err := m.Once(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		both.Wait()
		seen := map[string]bool{}
		for _, l := range p.letters() {
			seen[l.header.Get("Message-ID")] = true
		}
		if got := len(p.letters()); got != n || len(seen) != n {
			t.Errorf("%d letters of %d notices, want %d", got, len(seen), n)
		}
	})
}
