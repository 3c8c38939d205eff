/* Sets the wall clock of the processes that load it, and of nobody else: by as many seconds as the file $WALL_CLOCK says.
 *   cc -O2 -shared -fPIC -o wall-clock.so wall-clock.c -ldl
 *   echo '       0' > by; WALL_CLOCK=$PWD/by LD_PRELOAD=$PWD/wall-clock.so java …
 *   printf '%8d' 3600 1<> by      # an hour ahead, at once; the file must not be cut short
 * Clocks that only run on are left alone, as they are where an administrator or NTP sets the time. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const char *by;
static int (*real)(clockid_t, struct timespec *);

__attribute__((constructor)) static void start(void) {
  real = dlsym(RTLD_NEXT, "clock_gettime");
  const char *name = getenv("WALL_CLOCK");
  int file = name ? open(name, O_RDONLY) : -1;
  if (file < 0) return;
  void *text = mmap(0, 16, PROT_READ, MAP_SHARED, file, 0);
  if (text != MAP_FAILED) by = text;
  close(file);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  if (!real) start();
  int failed = real(clock, now);
  if (!failed && by && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += strtol(by, 0, 10);
  return failed;
}

int gettimeofday(struct timeval *now, void *zone) {
  struct timespec exact;
  int failed = clock_gettime(CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return failed;
}

time_t time(time_t *seconds) {
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  if (seconds) *seconds = exact.tv_sec;
  return exact.tv_sec;
}
