package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
)

// maxUpload bounds an uploaded income file; larger ones go through the command line.
const maxUpload = 32 << 20

// importIncome takes an income file, as the part "file" of a form or as the body itself. With
// dryRun=true the answer is the verdict with every error; without, a file with errors is a problem
// answer that names row and field of the first ones, and nothing is imported.
func (a *API) importIncome(c *gin.Context) {
	dryRun := false
	if text := c.Query("dryRun"); text != "" {
		var err error
		if dryRun, err = strconv.ParseBool(text); err != nil {
			writeProblem(c, fault.Field("dryRun", "%q is neither true nor false.", text))
			return
		}
	}
	name, data, err := upload(c, maxUpload, ", or import it with `piper import income`")
	if err != nil {
		writeProblem(c, err)
		return
	}
	result, err := a.Importer.Import(c.Request.Context(), name, data, dryRun)
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.JSON(http.StatusOK, result)
}

// upload gives the name and the bytes of the file in a request. A file above limit bytes is refused with a sentence
// that ends in what to do otherwise.
func upload(c *gin.Context, limit int64, otherwise string) (string, []byte, error) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
	kind, _, _ := mime.ParseMediaType(c.GetHeader("Content-Type"))
	switch kind {
	case "multipart/form-data":
	case "text/csv", "text/plain", "text/vcard", "application/octet-stream":
		data, err := io.ReadAll(c.Request.Body)
		return c.Query("name"), data, uploadFault(err, limit, otherwise)
	default:
		return "", nil, fault.Field("file", "Send the file as multipart/form-data, in a part called file, or as text/csv.")
	}
	form, err := c.Request.MultipartReader()
	if err != nil {
		return "", nil, uploadFault(err, limit, otherwise)
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return "", nil, fault.Field("file", "The form has no file in it.")
		}
		if err != nil {
			return "", nil, uploadFault(err, limit, otherwise)
		}
		if part.FormName() != "file" {
			continue
		}
		data, err := io.ReadAll(part)
		return part.FileName(), data, uploadFault(err, limit, otherwise)
	}
}

func uploadFault(err error, limit int64, otherwise string) error {
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLarge):
		return fault.Wrap(err, fault.TooLarge, "The file is larger than %d MB. Split it%s.", limit>>20, otherwise)
	default:
		return fault.Wrap(err, fault.Invalid, "The upload could not be read.")
	}
}
