package mime

import (
	"strconv"
	"strings"
)

// endings name attachments that come without a name.
var endings = map[string]string{
	"message/rfc822": ".eml", "message/delivery-status": ".txt", "text/calendar": ".ics", "text/plain": ".txt",
	"text/html": ".html", "text/csv": ".csv", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "image/png": ".png",
	"image/jpeg": ".jpg", "image/gif": ".gif", "application/pdf": ".pdf", "application/zip": ".zip",
	"application/ms-tnef": ".dat", "application/pgp-signature": ".asc", "application/pgp-keys": ".asc",
	"application/pkcs7-signature": ".p7s", "application/x-pkcs7-signature": ".p7s",
}

// fileName makes a name that is safe to show and to save: no path, nothing a shell or a file system minds.
func fileName(name string, a Attachment) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 && !strings.HasSuffix(name, ".eml") {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f:
			return -1
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		}
		return r
	}, name)
	if name = strings.Trim(name, " ."); name != "" && name != ".eml" {
		if runes := []rune(name); len(runes) > maxName { // the ending says what it is; keep it
			tail := runes[len(runes)-20:]
			name = string(runes[:maxName-len(tail)]) + string(tail)
		}
		return name
	}
	ending := endings[a.Type]
	if ending == "" {
		ending = ".bin"
	}
	return "attachment-" + strconv.Itoa(a.Index+1) + ending
}
