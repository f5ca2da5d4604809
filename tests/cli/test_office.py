"""What is done from the command line."""

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.chores import CHORES
from studyhub.completion.models import Tally
from studyhub.essays import service as essays
from studyhub.essays.models import Version
from studyhub.jobs import service as jobs
from studyhub.jobs.models import JobState
from tests.world import NOW, World


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["office", *words])
    return result.exit_code, result.output


def test_recount_names_what_differs_fails_and_mends(app: Flask, town: World) -> None:
    town.round()
    town.db.commit()
    assert run(app, "recount") == (0, "0 differences\n")

    town.db.execute(update(Tally).where(Tally.path == "1/").values(read=2))
    town.db.commit()

    code, told = run(app, "recount")
    assert code == 1
    assert "unit 1/, read: 2 kept, 0 counted" in told
    assert run(app, "recount", "--mend")[0] == 0
    assert run(app, "recount") == (0, "0 differences\n")


def test_a_real_organization_is_founded_with_an_administrator(
    app: Flask, empty_database: Session
) -> None:
    code, told = run(
        app, "found", "Đảng bộ phường Mẫu", "--administrator", "Nguyễn Thị Nhất", "--card",
        "000000000001",
    )  # fmt: skip

    assert code == 0, told
    assert "First password of Nguyễn Thị Nhất: " in told
    user = empty_database.query(User).one()
    assert user.must_change_password


def test_a_second_root_is_refused(app: Flask, town: World) -> None:
    code, told = run(app, "found", "Khác", "--administrator", "Ai Đó", "--card", "000000000009")

    assert code == 1
    assert "root already" in told


@pytest.mark.parametrize("wrong", [("--card", "0000"), ("--email", "nhat")])
def test_what_an_administrator_signs_in_with_has_its_shape(
    app: Flask, empty_database: Session, wrong: tuple[str, str]
) -> None:
    code, told = run(app, "found", "Đảng bộ xã Thử", "--administrator", "Nguyễn Thị Nhất", *wrong)

    assert code == 2, told
    assert empty_database.query(User).count() == 0


def test_an_administrator_needs_something_to_sign_in_with(app: Flask) -> None:
    code, _ = run(app, "found", "Khác", "--administrator", "Ai Đó")

    assert code == 2


def test_verify_follows_the_chains_and_names_what_was_altered(app: Flask, town: World) -> None:
    essay = town.essay()
    by = town.actor(town.an)
    version = essays.submit(town.db, essay, revision=1, own_work=True, by=by, now=NOW)
    town.db.commit()
    code, told = run(app, "verify")
    assert (code, told.splitlines()[-1]) == (0, "0 faults")
    seal = told.split("last seal ")[1].split()[0]
    assert run(app, "verify", "--noted", seal.upper())[0] == 0
    assert run(app, "verify", "--noted", "ab" * 32)[0] == 1

    town.db.execute(update(Version).values(parts=[{"title": "Nhận thức", "text": "Khác."}]))
    town.db.commit()

    code, told = run(app, "verify")
    assert code == 1
    assert version.receipt_code in told


def test_failed_jobs_are_listed_until_they_are_tried_again(app: Flask, town: World) -> None:
    asked = jobs.ask(town.db, "unknown.kind", now=NOW)
    asked.state = JobState.FAILED
    town.db.commit()

    code, told = run(app, "jobs")
    assert (code, f"{asked.id}  failed" in told) == (1, True)
    assert run(app, "jobs", "--again", str(asked.id))[0] == 0
    assert run(app, "jobs", "--again", str(asked.id))[0] == 1


def test_run_jobs_once_does_the_chores(app: Flask, town: World) -> None:
    assert run(app, "run-jobs", "--once")[0] == 0
    told = run(app, "jobs")[1]

    for chore in CHORES:
        assert f"chore {chore.name}: done last 2026" in told
