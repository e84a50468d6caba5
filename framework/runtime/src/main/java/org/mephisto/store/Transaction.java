package org.mephisto.store;

/** The tables by feature, within one transaction. Confined to the thread that runs the work, and to that work. */
public interface Transaction {
    TaskStore tasks();

    TaskRunStore taskRuns();

    RequesterStore requesters();

    AssignmentStore assignments();

    UnitStore units();

    WorkerStore workers();

    AgentStore agents();

    QualificationStore qualifications();

    ReviewStore reviews();

    OnboardingStore onboardings();

    JudgementStore judgements();

    RefusalStore refusals();

    AuditStore audit();
}
