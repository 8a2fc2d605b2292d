package notice

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// How a server is spoken to.
const (
	Plain    = "none"     // in the clear: within one machine or a closed network
	StartTLS = "starttls" // in the clear first, then encrypted; usually port 587
	TLS      = "tls"      // encrypted from the start; usually port 465
)

// SMTP is a mail server. Host "" is none.
type SMTP struct {
	Host, Port     string
	Security       string // Plain, StartTLS or TLS
	From           string // an address
	User, Password string // "" where the server asks for none
	// TLS takes the place of the usual settings of encryption; nil is right but for
	// servers with certificates of their own.
	TLS *tls.Config
}

const (
	oneMail   = 30 * time.Second // that sending one may take
	holdMail  = 2 * time.Minute  // before another instance may try the same one
	idle      = 15 * time.Second // between looks into an empty queue
	tries     = 8
	firstWait = time.Minute
)

// Mailer sends what is queued. Any number may run over one database: each takes a
// mail before it sends it. One that ends between sending and noting it leaves the
// mail to be sent again, under the same Message-ID.
type Mailer struct {
	store *store.Store
	smtp  SMTP
	now   func() time.Time
}

// NewMailer works on a store; the clock should be the store's.
func NewMailer(s *store.Store, server SMTP, now func() time.Time) *Mailer {
	return &Mailer{store: s, smtp: server, now: now}
}

// Run sends until the context ends.
func (m *Mailer) Run(ctx context.Context) {
	for {
		sent, err := m.Once(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("mail queue failed", "error", err)
		}
		if sent && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(idle):
		}
	}
}

// Once tries the mail that is due longest; tried is false where none is. A mail that
// a server refuses is no error: it is tried again later, and given up in the end.
func (m *Mailer) Once(ctx context.Context) (tried bool, err error) {
	var one model.Mail
	err = m.store.InTx(ctx, func(tx *store.Tx) (err error) {
		one, tried, err = tx.TakeMail(holdMail)
		return err
	})
	if err != nil || !tried {
		return false, err
	}
	failure := m.send(ctx, one)
	now := m.now().UTC()
	if failure == nil {
		one.SentAt, one.Failure = &now, ""
	} else {
		one.Failure, one.GaveUp = failure.Error(), one.Attempts >= tries
		one.DueAt = now.Add(firstWait << (one.Attempts - 1))
		slog.Warn("mail failed", "notice", one.NoticeID, "attempt", one.Attempts, "gaveUp", one.GaveUp, "error", failure)
	}
	return true, m.store.InTx(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.SetMail(&one) })
}

func (m *Mailer) send(ctx context.Context, one model.Mail) (err error) {
	ctx, cancel := context.WithTimeout(ctx, oneMail)
	defer cancel()
	client, err := m.dial(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	if m.smtp.User != "" {
		if err := client.Auth(smtp.PlainAuth("", m.smtp.User, m.smtp.Password, m.smtp.Host)); err != nil {
			return err
		}
	}
	message, err := m.message(one)
	if err != nil {
		return err
	}
	if err := client.Mail(m.smtp.From); err != nil {
		return err
	}
	if err := client.Rcpt(one.Address); err != nil {
		return err
	}
	body, err := client.Data()
	if err != nil {
		return err
	}
	_, err = body.Write(message)
	if err := errors.Join(err, body.Close()); err != nil {
		return err
	}
	_ = client.Quit() // the server has taken the mail: what comes after changes nothing
	return nil
}

// dial connects and, where asked for, encrypts. A server that can't encrypt is
// refused rather than spoken to in the clear.
func (m *Mailer) dial(ctx context.Context) (*smtp.Client, error) {
	settings := &tls.Config{ServerName: m.smtp.Host, MinVersion: tls.VersionTLS12}
	if m.smtp.TLS != nil {
		settings = m.smtp.TLS
	}
	address := net.JoinHostPort(m.smtp.Host, m.smtp.Port)
	var conn net.Conn
	var err error
	if m.smtp.Security == TLS {
		conn, err = (&tls.Dialer{Config: settings}).DialContext(ctx, "tcp", address)
	} else {
		conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}
	if err != nil {
		return nil, err
	}
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline)
	client, err := smtp.NewClient(conn, m.smtp.Host)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if m.smtp.Security == StartTLS {
		if err := client.StartTLS(settings); err != nil {
			return nil, errors.Join(err, client.Close())
		}
	}
	return client, nil
}

// message writes a mail; addresses are parsed and texts encoded, so that none of
// them can bring a header of its own.
func (m *Mailer) message(one model.Mail) ([]byte, error) {
	from, err := mail.ParseAddress(m.smtp.From)
	if err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	to, err := mail.ParseAddress(one.Address)
	if err != nil {
		return nil, fmt.Errorf("recipient: %w", err)
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	var b strings.Builder
	for _, header := range [][2]string{
		{"From", (&mail.Address{Name: "标尺", Address: from.Address}).String()}, {"To", to.String()},
		{"Subject", mime.BEncoding.Encode("utf-8", one.Subject)}, {"Date", m.now().In(model.Beijing).Format(time.RFC1123Z)},
		{"Message-ID", "<notice." + one.NoticeID.String() + "@" + domain + ">"}, {"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"}, {"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "base64"},
	} {
		b.WriteString(header[0] + ": " + header[1] + "\r\n")
	}
	b.WriteString("\r\n")
	text := base64.StdEncoding.EncodeToString([]byte(one.Text))
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n")
	return []byte(b.String()), nil
}
