package notice_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"
)

// postOffice is a mail server on a port of its own: it speaks SMTP with STARTTLS and
// AUTH PLAIN, or TLS from the start, and can refuse.
type postOffice struct {
	*testing.T
	host, port string
	client     *tls.Config // that trusts it
	server     *tls.Config
	implicit   bool
	user       string // asked for where not ""
	mu         sync.Mutex
	refusing   bool
	got        []letter
}

type letter struct {
	from, to, text string
	header         mail.Header
	encrypted      bool
}

func openPostOffice(t *testing.T, implicit bool, user string) *postOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{T: t, implicit: implicit, user: user}
	p.host, p.port, _ = net.SplitHostPort(listener.Addr().String())
	p.certify()
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		open.Wait()
	})
	return p
}

func (p *postOffice) certify() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		p.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "post"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.ParseIP(p.host)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		p.Fatal(err)
	}
	parsed, _ := x509.ParseCertificate(raw)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	p.server = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
	p.client = &tls.Config{RootCAs: pool, ServerName: p.host}
}

func (p *postOffice) refuse(yes bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refusing = yes
}

func (p *postOffice) letters() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter(nil), p.got...)
}

func (p *postOffice) serve(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	encrypted := p.implicit
	if p.implicit {
		conn = tls.Server(conn, p.server)
	}
	defer func() { _ = conn.Close() }()
	for {
		again := p.talk(conn, encrypted)
		if !again {
			return
		}
		conn, encrypted = tls.Server(conn, p.server), true
	}
}

// talk is one conversation; it asks for another one, encrypted, after STARTTLS.
func (p *postOffice) talk(conn net.Conn, encrypted bool) (startTLS bool) {
	text := textproto.NewConn(struct {
		io.Reader
		io.Writer
		io.Closer
	}{bufio.NewReader(conn), conn, conn})
	say := func(line string) { _ = text.PrintfLine("%s", line) }
	if encrypted == p.implicit {
		say("220 post")
	}
	one, known := letter{encrypted: encrypted}, p.user == ""
	for {
		line, err := text.ReadLine()
		if err != nil {
			return false
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO", "HELO":
			say("250-post")
			if !encrypted {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go ahead")
			return true
		case "AUTH":
			raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if known = string(raw) == "\x00"+p.user+"\x00secret"; known {
				say("235 welcome")
			} else {
				say("535 who are you")
			}
		case "MAIL":
			one.from = rest
			p.answer(say, known)
		case "RCPT":
			one.to = rest
			p.answer(say, known)
		case "DATA":
			say("354 go on")
			raw, _ := io.ReadAll(text.DotReader())
			p.keep(one, string(raw))
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return false
		default:
			say("500 what")
		}
	}
}

func (p *postOffice) answer(say func(string), known bool) {
	p.mu.Lock()
	refusing := p.refusing
	p.mu.Unlock()
	switch {
	case !known:
		say("530 log in first")
	case refusing:
		say("451 come back later")
	default:
		say("250 fine")
	}
}

func (p *postOffice) keep(one letter, raw string) {
	message, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		p.Error(err)
		return
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, message.Body))
	if err != nil {
		p.Error(err)
	}
	one.header, one.text = message.Header, string(body)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, one)
}

func (l letter) subject() string {
	text, err := new(mime.WordDecoder).DecodeHeader(l.header.Get("Subject"))
	return fmt.Sprint(text, err)
}
