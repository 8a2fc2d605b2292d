// Package cmd owns the command line: which commands there are, their flags, their
// exit statuses and what is printed where. Data alone goes to standard output,
// everything else to standard error. It wires the other rooms and decides nothing.
package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"os/user"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"biaochi/config"
	"biaochi/model"
	"biaochi/model/store"
)

// version is set by the linker.
var version = "unknown"

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // it ran, and the answer is no: a refused package, an error that stands
	exitNotRun = 2 // it could not run: wrong flags, no database, unknown unit
)

// app is one run of the program.
type app struct {
	environ        []string
	stdin          io.Reader
	stdout, stderr io.Writer
	configFile     string
	now            func() time.Time
}

// Main runs the command line and gives the exit status.
func Main(args, environ []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{environ: environ, stdin: stdin, stdout: stdout, stderr: stderr, now: time.Now}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := a.root()
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		return a.report(err)
	}
	return exitOK
}

// errFailed ends a command that ran and whose answer, already printed, is no.
var errFailed = errors.New("failed")

// report prints an error with every fault it carries and gives the exit status.
func (a *app) report(err error) int {
	if errors.Is(err, errFailed) {
		return exitFailed
	}
	var coded *model.Error
	if !errors.As(err, &coded) {
		fmt.Fprintf(a.stderr, "错误：%v\n", err)
		return exitNotRun
	}
	fmt.Fprintf(a.stderr, "错误：%s\n", coded.Message)
	for _, p := range coded.Fields {
		fmt.Fprintf(a.stderr, "  %s：%s\n", p.Path, p.Message)
	}
	if coded.Err != nil {
		fmt.Fprintf(a.stderr, "  原因：%v\n", coded.Err)
	}
	return exitNotRun
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "biaochi",
		Short:         "标尺：预算绩效目标管理与预算公开",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetIn(a.stdin)
	root.PersistentFlags().StringVar(&a.configFile, "config", "", "设置文件（YAML）")
	for _, f := range config.Flags() {
		root.PersistentFlags().String(f.Name, f.Default, f.Help)
	}
	root.AddCommand(a.serveCommand(), a.importCommand(), a.exportCommand(), a.assembleCommand(), a.checkCommand(), a.migrateCommand(), a.indicatorCommand(), a.accountCommand(), a.verifyCommand(),
		a.paymentsCommand(), a.remindCommand(), a.boardCommand())
	return root
}

// settings reads the settings of this run: only flags that were given count.
func (a *app) settings(c *cobra.Command) (config.Config, error) {
	given := map[string]string{}
	for _, f := range config.Flags() {
		c.Flags().Visit(func(flag *pflag.Flag) {
			if flag.Name == f.Name {
				given[f.Name] = flag.Value.String()
			}
		})
	}
	return config.Load(config.Source{File: a.configFile, Environ: a.environ, Flags: given})
}

// withStore opens the database of this run, creating and migrating it where needed.
func (a *app) withStore(c *cobra.Command, fn func(context.Context, config.Config, *store.Store) error) error {
	settings, err := a.settings(c)
	if err != nil {
		return err
	}
	a.setLog(settings.LogLevel)
	s, err := store.Open(c.Context(), settings.Database, store.Options{Now: a.now, Synchronous: settings.SQLiteSynchronous})
	if err != nil {
		return err
	}
	return errors.Join(fn(c.Context(), settings, s), s.Close())
}

func (a *app) setLog(level string) {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // config has checked it
	slog.SetDefault(slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: l})))
}

// operator names who runs the program, for the event log: "cli:root@host".
func operator() string {
	name, host := "unknown", "unknown"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if h, err := os.Hostname(); err == nil {
		host = h
	}
	return "cli:" + name + "@" + host
}
