package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"biaochi/api"
	"biaochi/config"
	"biaochi/model/store"
)

func (a *app) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "提供网页服务",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withStore(c, func(ctx context.Context, settings config.Config, s *store.Store) error {
				return api.New(s).Serve(ctx, settings.Listen, func(address string) {
					fmt.Fprintf(a.stderr, "标尺已启动：http://%s\n按 Ctrl-C 停止\n", address)
				})
			})
		},
	}
}
