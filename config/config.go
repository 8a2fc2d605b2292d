// Package config owns the settings of an installation: where they come from,
// which values are allowed, and what is said when one is wrong. It must not know
// what the settings are used for.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// Config is the checked settings of one run.
type Config struct {
	// Database is "sqlite:PATH" or "mysql:DSN".
	Database string
	// Listen is the address that pages are served on.
	Listen string
	// LogLevel is debug, info, warn or error.
	LogLevel string
	// SQLiteSynchronous is NORMAL (fast; a power cut may lose the last commits)
	// or FULL (safe).
	SQLiteSynchronous string
	// Attachments is the directory where attachments lie, outside of all that is
	// served; AttachmentLimit is the most that one may have, in MB.
	Attachments     string
	AttachmentLimit string
	// SMTPHost is the mail server for notices, "" for none; SMTPSecurity is none,
	// starttls or tls. SMTPUser is "" where the server asks for no login.
	SMTPHost, SMTPPort, SMTPSecurity string
	SMTPFrom, SMTPUser, SMTPPassword string
}

// setting is one entry of the table that file, environment and flags share.
type setting struct {
	key   string // in the file and as a flag; BIAOCHI_KEY in the environment
	value string // default
	help  string
	check func(string) error
	field func(*Config) *string
}

var settings = []setting{
	{"database", "sqlite:biaochi.db", "数据库：sqlite:文件路径 或 mysql:DSN", checkDatabase,
		func(c *Config) *string { return &c.Database }},
	{"listen", "127.0.0.1:8080", "网页服务的监听地址", checkListen,
		func(c *Config) *string { return &c.Listen }},
	{"log-level", "info", "日志级别：debug、info、warn、error", oneOf("debug", "info", "warn", "error"),
		func(c *Config) *string { return &c.LogLevel }},
	{"sqlite-synchronous", "FULL", "SQLite 落盘方式：FULL（稳妥）或 NORMAL（较快）", oneOf("FULL", "NORMAL"),
		func(c *Config) *string { return &c.SQLiteSynchronous }},
	{"attachments", "attachments", "附件存放目录，多个实例须共用", notEmpty,
		func(c *Config) *string { return &c.Attachments }},
	{"attachment-limit", "20", "单个附件的上限（MB）", between(1, 500),
		func(c *Config) *string { return &c.AttachmentLimit }},
	{"smtp-host", "", "发通知邮件的服务器，空为不发邮件", anything,
		func(c *Config) *string { return &c.SMTPHost }},
	{"smtp-port", "587", "邮件服务器端口", between(1, 65535),
		func(c *Config) *string { return &c.SMTPPort }},
	{"smtp-security", "starttls", "邮件加密方式：starttls、tls、none", oneOf("starttls", "tls", "none"),
		func(c *Config) *string { return &c.SMTPSecurity }},
	{"smtp-from", "", "发件地址", checkAddress,
		func(c *Config) *string { return &c.SMTPFrom }},
	{"smtp-user", "", "邮件服务器的登录名，空为不登录", anything,
		func(c *Config) *string { return &c.SMTPUser }},
	{"smtp-password", "", "邮件服务器的口令，只能由环境变量给出", anything,
		func(c *Config) *string { return &c.SMTPPassword }},
}

// secrets come from the environment alone: flags stand in the list of processes,
// files in backups.
var secrets = []string{"smtp-password"}

// Flag describes a setting for the command line.
type Flag struct{ Name, Default, Help string }

// Flags lists the settings that a command line may give, in order.
func Flags() []Flag {
	var flags []Flag
	for _, s := range settings {
		if !slices.Contains(secrets, s.key) {
			flags = append(flags, Flag{s.key, s.value, s.help})
		}
	}
	return flags
}

// Source is where settings are looked up; the zero value gives the defaults.
type Source struct {
	File    string            // path of a YAML file, "" for none
	Environ []string          // as os.Environ gives it
	Flags   map[string]string // only those that were given
}

// envPrefix begins every variable of ours; those with testPrefix belong to tests.
const (
	envPrefix  = "BIAOCHI_"
	testPrefix = "BIAOCHI_TEST_"
	// FileVariable names the settings file where no flag does.
	FileVariable = envPrefix + "CONFIG"
)

// Load reads the settings: defaults, then file, then environment, then flags. All
// that is wrong is said at once; each fault names its setting and where it stood.
func Load(src Source) (Config, error) {
	l := loader{values: map[string]value{}}
	for _, s := range settings {
		l.values[s.key] = value{s.value, "默认值"}
	}
	environ := l.environment(src.Environ)
	file := src.File
	if file == "" {
		file = environ[FileVariable]
	}
	if file != "" {
		l.file(file)
	}
	l.take(environ, func(key string) string { return envName(key) }, "环境变量 %s")
	l.take(src.Flags, func(key string) string { return key }, "命令行参数 --%s")
	return l.config()
}

type value struct{ text, from string }

type loader struct {
	values map[string]value
	faults []error
}

func (l *loader) fault(format string, args ...any) {
	l.faults = append(l.faults, fmt.Errorf(format, args...))
}

func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
}

// environment picks our variables and refuses those that name no setting, since a
// misspelt name would silently leave the default in force.
func (l *loader) environment(environ []string) map[string]string {
	ours := map[string]string{}
	for _, entry := range environ {
		name, text, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, envPrefix) || strings.HasPrefix(name, testPrefix) {
			continue
		}
		if name != FileVariable && !slices.ContainsFunc(settings, func(s setting) bool { return envName(s.key) == name }) {
			l.fault("环境变量 %s 不对应任何设置项，请检查拼写", name)
			continue
		}
		ours[name] = text
	}
	return ours
}

func (l *loader) file(path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		l.fault("读不了设置文件 %s：%w", path, err)
		return
	}
	entries := map[string]string{}
	if err := yaml.Unmarshal(raw, &entries); err != nil {
		l.fault("设置文件 %s 不是“键: 值”格式的 YAML：%w", path, err)
		return
	}
	for key := range entries {
		if _, known := l.values[key]; !known {
			l.fault("设置文件 %s 中的 %s 不是设置项，请检查拼写", path, key)
		}
		if slices.Contains(secrets, key) {
			l.fault("设置文件 %s 中不能写 %s，请改用环境变量 %s", path, key, envName(key))
		}
	}
	l.take(entries, func(key string) string { return key }, "设置文件中的 %s")
}

func (l *loader) take(from map[string]string, name func(key string) string, where string) {
	for _, s := range settings {
		if text, given := from[name(s.key)]; given {
			l.values[s.key] = value{text, fmt.Sprintf(where, name(s.key))}
		}
	}
}

func (l *loader) config() (Config, error) {
	var c Config
	for _, s := range settings {
		v := l.values[s.key]
		if err := s.check(v.text); err != nil {
			l.fault("设置 %s（%s）的值 %q 不对：%w", s.key, v.from, v.text, err)
		}
		*s.field(&c) = v.text
	}
	if c.SMTPHost != "" && c.SMTPFrom == "" {
		l.fault("设置了 smtp-host，还须设置发件地址 smtp-from")
	}
	return c, errors.Join(l.faults...)
}

func checkDatabase(text string) error {
	engine, rest, ok := strings.Cut(text, ":")
	if !ok || rest == "" || engine != "sqlite" && engine != "mysql" {
		return errors.New("应写成 sqlite:文件路径 或 mysql:用户:口令@tcp(主机:端口)/库名")
	}
	return nil
}

// checkListen refuses every address but the loopback: there is no login yet, so
// whoever reaches the pages may read everything.
func checkListen(text string) error {
	host, _, err := net.SplitHostPort(text)
	if err != nil {
		return errors.New("应写成 主机:端口，如 127.0.0.1:8080")
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errors.New("尚无登录功能，只能监听本机回环地址 127.0.0.1")
	}
	return nil
}

func anything(string) error { return nil }

func checkAddress(text string) error {
	if _, err := mail.ParseAddress(text); text != "" && err != nil {
		return errors.New("应写成 名称@域名")
	}
	return nil
}

func notEmpty(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("不能为空")
	}
	return nil
}

func between(least, most int) func(string) error {
	return func(text string) error {
		if n, err := strconv.Atoi(text); err != nil || n < least || n > most {
			return fmt.Errorf("应为 %d 到 %d 的整数", least, most)
		}
		return nil
	}
}

func oneOf(allowed ...string) func(string) error {
	return func(text string) error {
		if !slices.Contains(allowed, text) {
			return fmt.Errorf("可用的值是 %s", strings.Join(allowed, "、"))
		}
		return nil
	}
}
