package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model/store"
)

func (a *app) migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "建立数据库，或升级到本程序的版本",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withStore(c, func(context.Context, config.Config, *store.Store) error {
				fmt.Fprintln(a.stderr, "数据库已是最新版本")
				return nil
			})
		},
	}
}
