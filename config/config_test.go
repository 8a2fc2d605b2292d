package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPrecedence(t *testing.T) {
	file := filepath.Join(t.TempDir(), "biaochi.yaml")
	write(t, file, "database: sqlite:file.db\nlisten: 127.0.0.1:1\nlog-level: debug\n")
	got, err := Load(Source{
		File:    file,
		Environ: []string{"BIAOCHI_LISTEN=127.0.0.1:2", "BIAOCHI_LOG_LEVEL=warn", "PATH=/bin", "BIAOCHI_TEST_MYSQL=x"},
		Flags:   map[string]string{"log-level": "error"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Database: "sqlite:file.db", Listen: "127.0.0.1:2", LogLevel: "error", SQLiteSynchronous: "FULL",
		Attachments: "attachments", AttachmentLimit: "20", SMTPPort: "587", SMTPSecurity: "starttls",
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestFileNamedByEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "biaochi.yaml")
	write(t, file, "database: sqlite:here.db\n")
	got, err := Load(Source{Environ: []string{"BIAOCHI_CONFIG=" + file}})
	if err != nil || got.Database != "sqlite:here.db" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestWrongSettingsNameThemselvesAllAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "biaochi.yaml")
	write(t, file, "databse: sqlite:x.db\nlog-level: loud\n")
	_, err := Load(Source{
		File:    file,
		Environ: []string{"BIAOCHI_DATABASE=postgres:x", "BIAOCHI_LISTN=1"},
		Flags:   map[string]string{"listen": "0.0.0.0:8080"},
	})
	if err == nil {
		t.Fatal("wrong settings were accepted")
	}
	for _, part := range []string{"databse", "log-level", "loud", "BIAOCHI_DATABASE", "postgres:x", "BIAOCHI_LISTN", "--listen", "0.0.0.0:8080"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error does not name %q:\n%v", part, err)
		}
	}
}

func TestUnreadableFileStops(t *testing.T) {
	if _, err := Load(Source{File: "/nowhere/biaochi.yaml"}); err == nil {
		t.Error("a missing settings file was ignored")
	}
}

func TestListenKeepsToLoopback(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:8080": true, "127.9.9.9:1": true, "[::1]:80": true, "localhost:8080": true,
		":8080": false, "0.0.0.0:80": false, "192.168.1.2:80": false, "example.com:80": false, "8080": false,
	} {
		if err := checkListen(address); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A password is taken from the environment alone, and mail needs a sender.
func TestMailSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "biaochi.yaml")
	write(t, file, "smtp-password: secret\nsmtp-host: mail.example\n")
	_, err := Load(Source{File: file})
	for _, part := range []string{"BIAOCHI_SMTP_PASSWORD", "smtp-from"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not name %s", err, part)
		}
	}
	for _, f := range Flags() {
		if f.Name == "smtp-password" {
			t.Error("a password can be a flag")
		}
	}
	got, err := Load(Source{Environ: []string{"BIAOCHI_SMTP_HOST=mail.example", "BIAOCHI_SMTP_FROM=biaochi@example.org", "BIAOCHI_SMTP_PASSWORD=secret"}})
	if err != nil || got.SMTPPassword != "secret" {
		t.Errorf("got %+v, %v", got, err)
	}
}
