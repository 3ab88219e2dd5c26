package normlab.platform.server;

import static normlab.json.Checks.check;

/** The ports of the three servers on 127.0.0.1, all different. */
public record Ports(int conductor, int mlflow, int s3) {
    public static final Ports PREFERRED = new Ports(18080, 15000, 19000);

    public Ports {
        for (int port : new int[] {conductor, mlflow, s3}) {
            check(port > 0 && port < 65_536, "port is %d, expected 1 to 65535", port);
        }
        check(
                conductor != mlflow && mlflow != s3 && s3 != conductor,
                "ports are %d, %d and %d, expected three different ones",
                conductor,
                mlflow,
                s3);
    }
}
