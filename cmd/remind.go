package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/notice"
	"biaochi/service/reminder"
)

func (a *app) remindCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "remind",
		Short: "发出当天应有的期限提醒（serve 运行时自动进行；也可由计划任务执行）",
		Long: "按已开启年度的期限和各项工作的状态，提醒经办人、审核人和公开发布人。\n" +
			"每件事每一步对每人只提醒一次，重复执行或与 serve 同时执行都不会重复提醒。\n" +
			"设置了 smtp-host 时，同时发出待发的邮件。",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withStore(c, a.remind)
		},
	}
}

func (a *app) remind(ctx context.Context, settings config.Config, s *store.Store) error {
	enforcer, err := rbac.New()
	if err != nil {
		return err
	}
	tell := notice.Writer{Mail: settings.SMTPHost != ""}
	accounts := account.NewService(s, enforcer, a.now, account.Settings{})
	told, err := reminder.NewService(s, accounts, tell, a.now).Once(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "已发出提醒 %d 条\n", told)
	for mailer, tried := a.mailer(settings, s), tell.Mail; tried && err == nil; {
		tried, err = mailer.Once(ctx)
	}
	return err
}
