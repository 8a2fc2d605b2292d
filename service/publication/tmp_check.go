package publication

import "biaochi/service/check"

func (b *Book) CheckDocument() (check.Report, error) { return b.CheckTables() }
