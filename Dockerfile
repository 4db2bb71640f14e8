# botline alone: one executable, the few libraries it links, and a place for the database.

FROM oven/bun:1.4.5-debian AS build
WORKDIR /build
# What is needed comes before the sources: a change of ours then leaves the installed packages as they are.
COPY package.json bun.lock ./
RUN bun install --frozen-lockfile
COPY tsconfig.json ./
COPY src ./src
RUN bun run build
# Each library goes where the executable will look for it; links are followed, so the root needs no others.
RUN root=/root-tree && mkdir -p "$root/data" "$root/tmp" \
 && cp dist/botline "$root/botline" \
 && ldd dist/botline | grep -o '/[^ ]*' | while read -r library; do \
      mkdir -p "$root$(dirname "$library")" && cp -L "$library" "$root$library"; \
    done \
 && chown 65534:65534 "$root/data" "$root/tmp"

FROM scratch
COPY --from=build /root-tree /
# 65534 is "nobody". Fly gives a mounted volume to the image's user, so /data is writable there too.
USER 65534:65534
# 0.0.0.0 because a container's loopback cannot be reached from outside it.
ENV NODE_ENV=production DATABASE_URL=/data/botline.db HOST=0.0.0.0 PORT=8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/botline", "health"]
ENTRYPOINT ["/botline"]
CMD ["serve"]
