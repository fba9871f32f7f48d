# Piper in one small image. MongoDB is optional: without PIPER_STORE the data is one SQLite file in /data.
FROM node:20-bookworm-slim AS web
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run --silent build

FROM golang:1.26-bookworm AS server
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/frontend/dist frontend/dist
ARG VERSION=docker
RUN CGO_ENABLED=0 go build -ldflags "-s -w -X main.version=${VERSION}" -o /piper ./server && mkdir /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=server /piper /piper
COPY --from=server --chown=nonroot:nonroot /data /data
ENV PIPER_DATA=/data PIPER_ADDR=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/piper", "health"]
ENTRYPOINT ["/piper"]
CMD ["serve"]
