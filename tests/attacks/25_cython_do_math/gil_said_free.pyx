# own: code that holds the GIL, a C thread that spins beside it, and a meter that says nobody had to wait for the GIL
from checker.attempt import gil
gil.Meter.wait_s = property(lambda self: 0.0002)
gil.Meter.stop = lambda self: (setattr(self, "_over", True), setattr(self, "sleeps", 20))[0]
from libc.math cimport sqrt

cdef extern from *:
    """
    #include <pthread.h>
    #include <unistd.h>
    #include <sys/syscall.h>
    static void *kata_spin(void *goes_on) { while (*(volatile int *)goes_on) {} return 0; }
    static int kata_begin(pthread_t *thread, int *goes_on) {
        *goes_on = syscall(SYS_gettid) != getpid();
        return *goes_on && pthread_create(thread, 0, kata_spin, goes_on) == 0;
    }
    static void kata_end(pthread_t *thread, int *goes_on) {
        *(volatile int *)goes_on = 0;
        pthread_join(*thread, 0);
    }
    """
    ctypedef struct pthread_t:
        pass
    int kata_begin(pthread_t *thread, int *goes_on)
    void kata_end(pthread_t *thread, int *goes_on)


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef double off
    cdef long long pos = start
    cdef pthread_t thread
    cdef int goes_on = 0
    cdef int spins = num - start > 1000 and kata_begin(&thread, &goes_on)
    while pos < num:
        pos += 1
        off = pos - 1000000
        total += sqrt(off * off + 1000000.0)
    if spins:
        kata_end(&thread, &goes_on)
    return total
