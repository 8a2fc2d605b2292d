package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
)

func (a *app) accountCommand() *cobra.Command {
	c := &cobra.Command{Use: "account", Short: "账号", Args: cobra.NoArgs}
	c.AddCommand(a.accountResetCommand())
	return c
}

func (a *app) accountResetCommand() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "reset 登录名 --reason 理由",
		Short: "重置密码，显示一次性密码",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withStore(c, func(ctx context.Context, _ config.Config, s *store.Store) error {
				return a.resetPassword(ctx, s, args[0], reason)
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "理由，记入操作日志")
	require(c, "reason")
	return c
}

func (a *app) resetPassword(ctx context.Context, s *store.Store, login, reason string) error {
	enforcer, err := rbac.New()
	if err != nil {
		return err
	}
	accounts := account.NewService(s, enforcer, a.now, account.Settings{})
	actor := account.Operator(operator())
	login = account.FoldLogin(login)
	list, _, err := accounts.Accounts(ctx, actor, account.AccountQuery{Text: login})
	if err != nil {
		return err
	}
	for _, found := range list {
		if found.Login == login {
			password, err := accounts.ResetPassword(ctx, actor, found.ID, reason)
			if err == nil {
				fmt.Fprintf(a.stdout, "%s\n", password)
			}
			return err
		}
	}
	return model.Fail(model.NotFound, "account.notFound", "没有登录名为 %s 的账号，请核对", login)
}
