package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// pieChart draws the amounts of the rows first to last under their names.
func pieChart(sheet, title string, first, last int) *excelize.Chart {
	quoted := "'" + strings.ReplaceAll(sheet, "'", "''") + "'"
	return &excelize.Chart{
		Type: excelize.Pie,
		Series: []excelize.ChartSeries{{
			Name:       title,
			Categories: fmt.Sprintf("%s!$B$%d:$B$%d", quoted, first, last),
			Values:     fmt.Sprintf("%s!$C$%d:$C$%d", quoted, first, last),
		}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title}}},
		Legend:    excelize.ChartLegend{Position: "right"},
		Dimension: excelize.ChartDimension{Width: 640, Height: 300},
		PlotArea:  excelize.ChartPlotArea{ShowPercent: false, ShowVal: false},
	}
}

// hundredthsOf reads a printed figure of two decimals as the number that a cell
// keeps; fifteen digits survive, more than the largest sum has.
func hundredthsOf(text string) float64 {
	value, _ := strconv.ParseFloat(text, 64)
	return value
}
