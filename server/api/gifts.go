package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/finance"
)

// giftForm reads out of an address what a person says of a file of gifts. columns is a JSON object of field and name of
// the column; without it the columns are found out.
func giftForm(c *gin.Context) (finance.GiftForm, error) {
	form := finance.GiftForm{DonorID: c.Query("donorId"), Currency: c.Query("currency"), Earmarking: finance.Earmarking(c.Query("earmarking")),
		Restriction: finance.Restriction(c.Query("restriction")), ProjectID: c.Query("projectId"), Category: c.Query("category")}
	if text := c.Query("columns"); text != "" {
		if err := json.Unmarshal([]byte(text), &form.Columns); err != nil {
			return form, fault.Field("columns", "The columns are a JSON object such as {\"date\":\"Created\"}.")
		}
	}
	return form, nil
}

// giftFile reads form and file of a request.
func giftFile(c *gin.Context) (form finance.GiftForm, name string, data []byte, err error) {
	if form, err = giftForm(c); err == nil {
		name, data, err = upload(c, finance.MaxGiftFile, "")
	}
	return form, name, data, err
}

// importGifts takes a file of gifts, as the part "file" of a form or as the body itself. With dryRun=true the answer is
// the verdict, the first errors and how many there are, and nothing is kept.
func (a *API) importGifts(c *gin.Context) {
	form, name, data, err := giftFile(c)
	if err != nil {
		writeProblem(c, err)
		return
	}
	result, err := a.Importer.ImportGifts(c.Request.Context(), name, data, form, c.Query("dryRun") == "true")
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.JSON(http.StatusOK, result)
}

// giftErrors answers with what is wrong in a file of gifts as CSV, to correct the file by: all of it. Nothing is kept.
func (a *API) giftErrors(c *gin.Context) {
	form, name, data, err := giftFile(c)
	if err != nil {
		writeProblem(c, err)
		return
	}
	result, err := a.Importer.GiftErrors(c.Request.Context(), name, data, form)
	if err != nil {
		writeProblem(c, err)
		return
	}
	out := startCSV(c, "errors.csv", "line", "field", "column", "value", "message")
	for _, e := range result.Errors {
		if err = out.row(strconv.Itoa(e.Row), e.Field, result.Columns[finance.GiftField(e.Field)], e.Value, e.Message); err != nil {
			break
		}
	}
	out.finish(err)
}
