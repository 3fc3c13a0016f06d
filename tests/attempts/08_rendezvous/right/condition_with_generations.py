# A barrier of one's own: a Condition, and a number that grows with each phase.
import threading


class Rendezvous:
    def __init__(self, parties):
        self.parties, self.arrived, self.generation, self.broken = parties, 0, 0, False
        self.changed = threading.Condition()

    def meet(self):
        """True: everybody is there. False: somebody will never come."""
        with self.changed:
            mine = self.generation
            self.arrived += 1
            if self.arrived == self.parties:
                self.arrived, self.generation = 0, mine + 1
                self.changed.notify_all()
            self.changed.wait_for(lambda: self.broken or self.generation > mine)
            return not self.broken

    def give_up(self):
        with self.changed:
            self.broken = True
            self.changed.notify_all()


class Worker(threading.Thread):
    def __init__(self, name, phases, connect, rendezvous):
        super().__init__(name=name)
        self.phases, self.connect, self.rendezvous = phases, connect, rendezvous
        self.reports, self.error = [], None

    def run(self):
        connection = None
        try:
            connection = self.connect(self.name)
            for phase in self.phases:
                self.reports.append(connection.work(phase))
                if not self.rendezvous.meet():
                    return
        except Exception as error:
            self.error = error
            self.rendezvous.give_up()
        finally:
            if connection is not None:
                connection.close()


def run_phases(workers, phases, connect):
    rendezvous = Rendezvous(len(workers))
    threads = [Worker(name, phases, connect, rendezvous) for name in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for thread in threads:
        if thread.error is not None:
            raise thread.error
    return {thread.name: thread.reports for thread in threads}
