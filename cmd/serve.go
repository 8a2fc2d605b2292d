package cmd

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"biaochi/api"
	"biaochi/config"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/attachment"
	"biaochi/service/notice"
	"biaochi/service/reminder"
)

// demoPassword is known to everybody who reads this: demo accounts stand on no
// database with real ones.
const demoPassword = "biaochi-demo"

func (a *app) serveCommand() *cobra.Command {
	var demo bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "提供网页和接口服务",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withStore(c, func(ctx context.Context, settings config.Config, s *store.Store) error {
				return a.serve(ctx, settings, s, demo)
			})
		},
	}
	c.Flags().BoolVar(&demo, "demo", false, "建立演示账号（口令公开，不能用于存有真实账号的库）")
	return c
}

func (a *app) serve(ctx context.Context, settings config.Config, s *store.Store, demo bool) error {
	enforcer, err := rbac.New()
	if err != nil {
		return err
	}
	told := notice.Writer{Mail: settings.SMTPHost != ""}
	accounts := account.NewService(s, enforcer, a.now, account.Settings{DeputyNamed: told.DeputyNamed})
	if err := a.firstAccounts(ctx, accounts, demo); err != nil {
		return err
	}
	set := append(options(settings, told), api.Clock(a.now), api.SecureCookies(settings.SecureCookies == config.Yes))
	server, err := api.New(s, accounts, enforcer, set...)
	if err != nil {
		return err
	}
	if settings.Exposed() {
		fmt.Fprintf(a.stderr, "提醒：监听地址 %s 不限于本机，登录信息将不加密传输；请在前面架设 HTTPS，并设置 secure-cookies: yes\n", settings.Listen)
	}
	defer background(ctx, reminder.NewService(s, accounts, told, a.now).Run)()
	if told.Mail {
		defer background(ctx, a.mailer(settings, s).Run)()
	}
	return server.Serve(ctx, settings.Listen, func(address string) {
		fmt.Fprintf(a.stderr, "标尺已启动：http://%s\n按 Ctrl-C 停止\n", address)
	})
}

// options are the settings that the server itself needs.
func options(settings config.Config, told notice.Writer) []api.Option {
	limit, _ := strconv.Atoi(settings.AttachmentLimit) // config has checked it
	return []api.Option{
		api.Attachments(attachment.Settings{Directory: settings.Attachments, MaxSize: int64(limit) << 20}), api.Notices(told),
	}
}

// mailer sends the queued e-mails by the mail server of the settings.
func (a *app) mailer(settings config.Config, s *store.Store) *notice.Mailer {
	return notice.NewMailer(s, notice.SMTP{
		Host: settings.SMTPHost, Port: settings.SMTPPort, Security: settings.SMTPSecurity,
		From: settings.SMTPFrom, User: settings.SMTPUser, Password: settings.SMTPPassword,
	}, a.now)
}

// background runs something until the server has stopped; what it gives waits for the
// piece of work under way.
func background(ctx context.Context, run func(context.Context)) (wait func()) {
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(ctx)
	}()
	return func() {
		stop()
		<-done
	}
}

// firstAccounts makes the administrator of a first start, whose password is shown
// this once, and the demo accounts where they are asked for.
func (a *app) firstAccounts(ctx context.Context, accounts *account.Service, demo bool) error {
	actor := account.Operator(operator())
	first, err := accounts.EnsureFirstAdmin(ctx, actor)
	if err != nil {
		return err
	}
	if first != nil {
		fmt.Fprintf(a.stderr, "首次启动，已建立系统管理员 %s，一次性密码（只显示这一次）：%s\n", first.Login, first.Password)
	}
	if !demo {
		return accounts.RefuseDemo(ctx)
	}
	list, err := accounts.EnsureDemo(ctx, actor, demoPassword)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "演示账号（密码均为 %s）：\n", demoPassword)
	for _, d := range list {
		fmt.Fprintf(a.stderr, "  %-18s %s %s\n", d.Login, d.Name, d.Where)
	}
	return nil
}
